"""Decline a payment: the bank said no, or nothing in time. The hold goes back to its own end."""

from datetime import datetime
from typing import Annotated

from apps.booking.folds import Holds
from apps.booking.tags import Hold, Seat
from apps.checkout.events import PaymentDeclined
from apps.checkout.folds import order_of, unpinned
from apps.checkout.tags import Order
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.origins import origin


class DeclinePayment(Command, frozen=True):
    order: str
    screening: Annotated[str, origin("about")]
    hold: Annotated[str, origin("about")]
    seats: Annotated[tuple[str, ...], origin("about")]
    reason: Annotated[str, origin("state")]

    def boundary(self) -> Boundary:
        return (
            Order(self.order),
            Hold(self.hold),
            *(Seat(self.screening, seat) for seat in self.seats),
        )

    def decide(self, history: History, now: datetime) -> list[Event]:
        if order_of(history, self.order).state != "paying":
            return []
        hold = Holds(history).get(self.hold)
        return [PaymentDeclined(self.order, self.reason), *unpinned(hold, self.order)]
