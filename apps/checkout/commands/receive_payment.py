"""Receive a payment: it buys the seats if they are still there, else it must go back."""

from datetime import datetime
from typing import Annotated

from apps.booking.events import SeatsSold
from apps.booking.folds import Holds, HoldState
from apps.booking.tags import Hold, Seat
from apps.checkout.events import OrderPlaced, PaymentReceived, RefundDue
from apps.checkout.folds import order_of, unpinned
from apps.checkout.tags import Order
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.origins import origin


class ReceivePayment(Command, frozen=True):
    order: str
    screening: Annotated[str, origin("about")]
    hold: Annotated[str, origin("about")]
    seats: Annotated[tuple[str, ...], origin("about")]
    amount: int

    def boundary(self) -> Boundary:
        return (
            Order(self.order),
            Hold(self.hold),
            *(Seat(self.screening, seat) for seat in self.seats),
        )

    def decide(self, history: History, now: datetime) -> list[Event]:
        order = order_of(history, self.order)
        if order.has_money:
            return []
        received = PaymentReceived(self.order, self.amount)
        hold = Holds(history).get(self.hold)
        if not _still_there(hold, order.placed):
            return [received, RefundDue(self.order, self.amount, "gone")]
        if self.amount != order.placed.amount:
            due = RefundDue(self.order, self.amount, "another amount")
            return [received, due, *unpinned(hold, self.order)]
        bought = order.placed
        return [
            received,
            SeatsSold(
                bought.screening, bought.hold, bought.visitor, bought.seats, payment=self.order
            ),
        ]


def _still_there(hold: HoldState | None, placed: OrderPlaced) -> bool:
    """Also when the hold has lapsed: nobody has taken the seats, and the money is here."""
    return hold is not None and not hold.sold and set(hold.seats) == set(placed.seats)
