"""Place an order: the customer leaves for the bank, and the hold waits for its answer."""

from datetime import datetime, timedelta
from typing import Annotated

from apps.booking.commands.release_seats import must_be_as_seen
from apps.booking.events import HoldPinned
from apps.booking.folds import Holds, on_sale
from apps.booking.tags import Hold, Seat, Visitor
from apps.catalog.tags import Schedule
from apps.checkout.events import OrderPlaced
from apps.checkout.tags import Order
from apps.eventlog.commands import Boundary, Command, History, Rejected
from apps.eventlog.events import Event
from apps.eventlog.origins import origin


class PlaceOrder(Command, frozen=True):
    """Buys all `seats` of the visitor's `hold`. The bank has the time it `lasts` to answer."""

    order: Annotated[str, origin("new id")]
    screening: str
    hold: str
    visitor: Annotated[str, origin("visitor's cookie")]
    seats: tuple[str, ...]
    customer: Annotated[str, origin("new id")]
    lasts: Annotated[timedelta, origin("setting PAYMENT_LASTS")]

    def boundary(self) -> Boundary:
        return (
            Order(self.order),
            Schedule(self.screening),
            Hold(self.hold),
            Visitor(self.screening, self.visitor),
            *(Seat(self.screening, seat) for seat in self.seats),
        )

    def decide(self, history: History, now: datetime) -> list[Event]:
        price = on_sale(history, now).price
        mine = Holds(history).get(self.hold)
        if mine is None or mine.visitor != self.visitor or not mine.open(now):
            raise Rejected("Your hold ran out, so the seats are free again. Pick them once more?")
        if mine.payment:
            raise Rejected("A payment for these seats is under way already.")
        must_be_as_seen(mine.seats, self.seats)
        return [
            OrderPlaced(
                order=self.order,
                screening=self.screening,
                hold=self.hold,
                visitor=self.visitor,
                seats=mine.seats,
                customer=self.customer,
                amount=price * len(mine.seats),
                pay_by=now + self.lasts,
            ),
            HoldPinned(self.screening, self.hold, self.visitor, mine.seats, payment=self.order),
        ]
