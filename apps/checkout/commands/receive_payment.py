"""Receive a payment: it buys the seats if they are still there, else it must go back."""

from datetime import datetime

from apps.booking.events import SeatsSold
from apps.booking.folds import Holds
from apps.booking.tags import Hold, Seat
from apps.checkout.events import OrderPlaced, PaymentReceived, RefundDue
from apps.checkout.folds import order_of
from apps.checkout.tags import Order
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event


class ReceivePayment(Command, frozen=True):
    order: str
    screening: str
    hold: str
    seats: tuple[str, ...]
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
        if self.amount != order.placed.amount or not _still_there(order.placed, history):
            return [received, RefundDue(self.order, self.amount)]
        bought = order.placed
        return [received, SeatsSold(bought.screening, bought.hold, bought.visitor, bought.seats)]


def _still_there(placed: OrderPlaced, history: History) -> bool:
    """Also when the hold has lapsed: nobody has taken the seats, and the money is here."""
    hold = Holds(history).get(placed.hold)
    return hold is not None and not hold.sold and set(hold.seats) == set(placed.seats)
