"""To do: where each order stands, for what closes payments, hands out tickets, sends money back."""

from datetime import timedelta

from apps.checkout.specs.examples import (
    BOTH,
    declined,
    issued,
    placed,
    received,
    refund_due,
    refunded,
)
from apps.eventlog.events import Event
from apps.eventlog.specifications import NOON, TableSpecification, given

ORDER = "checkout.Order"


def stands(*events: Event, state: str, amount: int = 1900) -> TableSpecification:
    """The order after these events."""
    return given(*events).then_shows(ORDER, {"order": "o1", "state": state, "amount": amount})


SPECIFICATIONS = {
    "an order waits for the bank": given(placed()).then_shows(
        ORDER,
        {
            "order": "o1",
            "state": "paying",
            "screening": "s1",
            "hold": "h1",
            "seats": list(BOTH),
            "amount": 1900,
            "pay_by": NOON + timedelta(minutes=10),
        },
    ),
    "the bank said no": stands(placed(), declined(), state="declined"),
    "its money came, its tickets are to be handed out": stands(placed(), received(), state="paid"),
    "its tickets are handed out": stands(placed(), received(), issued(), state="ticketed"),
    "its seats were gone, its money is to go back": stands(
        placed(), received(), refund_due(), state="refund_due"
    ),
    "what came in goes back, be it another amount": stands(
        placed(), received(1), refund_due(1, "another amount"), state="refund_due", amount=1
    ),
    "its money has gone back": stands(
        placed(), received(), refund_due(), refunded(), state="refunded"
    ),
    "its money came late, after all": stands(
        placed(), declined("expired"), received(), state="paid"
    ),
}
