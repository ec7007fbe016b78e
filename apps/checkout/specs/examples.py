"""Facts that checkout's specifications begin with."""

from datetime import datetime, timedelta

from apps.booking.events import HoldPinned, HoldUnpinned, SeatsSold
from apps.checkout.events import (
    OrderPlaced,
    PaymentDeclined,
    PaymentReceived,
    PaymentRefunded,
    RefundDue,
    Ticket,
    TicketsIssued,
)
from apps.checkout.pages import Showing
from apps.eventlog.specifications import NOON

BOTH = ("A7", "A8")
# What a customer is shown of the screening that is on sale.
SHOWING = Showing(
    screening="s1",
    title="The Salt Meridian",
    slug="the-salt-meridian",
    auditorium_name="Attic",
    starts=NOON + timedelta(hours=8),
)
TICKETS = (Ticket("A7", "7KQ4-M2XD"), Ticket("A8", "PB6T-Q3ZA"))


def placed(order: str = "o1", at: datetime = NOON) -> OrderPlaced:
    return OrderPlaced(
        order=order,
        screening="s1",
        hold="h1",
        visitor="ann",
        seats=BOTH,
        customer="c1",
        amount=1900,
        pay_by=at + timedelta(minutes=10),
    )


def pinned(order: str = "o1") -> HoldPinned:
    return HoldPinned("s1", "h1", "ann", BOTH, payment=order)


def unpinned(order: str = "o1") -> HoldUnpinned:
    return HoldUnpinned("s1", "h1", "ann", BOTH, payment=order)


def declined(reason: str = "declined", order: str = "o1") -> PaymentDeclined:
    return PaymentDeclined(order, reason)


def received(amount: int = 1900) -> PaymentReceived:
    return PaymentReceived("o1", amount)


def refund_due(amount: int = 1900, reason: str = "gone") -> RefundDue:
    return RefundDue("o1", amount, reason)


def sold(order: str = "o1") -> SeatsSold:
    return SeatsSold("s1", "h1", "ann", BOTH, payment=order)


def refunded(amount: int = 1900) -> PaymentRefunded:
    return PaymentRefunded("o1", amount)


def issued() -> TicketsIssued:
    return TicketsIssued("o1", TICKETS)
