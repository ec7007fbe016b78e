"""Checkout's facts: what became of an order and its money. Amounts are in cents."""

from datetime import datetime
from typing import Annotated

import msgspec

from apps.checkout.tags import Order
from apps.eventlog.events import Event, event
from apps.eventlog.origins import origin
from apps.eventlog.tags import Tag


class OrderEvent(Event, frozen=True):
    order: str

    def tags(self) -> tuple[Tag, ...]:
        return (Order(self.order),)


@event("checkout.OrderPlaced")
class OrderPlaced(OrderEvent, frozen=True):
    """The customer is at the bank with it. One order, one payment: another try is another order."""

    screening: str
    hold: str
    visitor: str
    seats: tuple[str, ...]
    customer: str
    amount: Annotated[int, origin("price", "seats")]
    pay_by: Annotated[datetime, origin("clock", "lasts")]


@event("checkout.PaymentDeclined")
class PaymentDeclined(OrderEvent, frozen=True):
    reason: str  # "declined" by the bank, or "expired"


@event("checkout.PaymentReceived")
class PaymentReceived(OrderEvent, frozen=True):
    amount: int


@event("checkout.RefundDue")
class RefundDue(OrderEvent, frozen=True):
    """Money arrived that buys nothing: it must go back."""

    amount: int
    # the seats are "gone", or it was "another amount" than was asked for
    reason: Annotated[str, origin("decision")]


@event("checkout.PaymentRefunded")
class PaymentRefunded(OrderEvent, frozen=True):
    amount: int


class Ticket(msgspec.Struct, frozen=True):
    seat: str
    code: str


@event("checkout.TicketsIssued")
class TicketsIssued(OrderEvent, frozen=True):
    tickets: tuple[Ticket, ...]
