"""What a history means for an order. Pure."""

from dataclasses import dataclass, field, replace

from apps.booking.events import HoldUnpinned
from apps.booking.folds import HoldState
from apps.checkout.events import (
    OrderEvent,
    OrderPlaced,
    PaymentDeclined,
    PaymentReceived,
    PaymentRefunded,
    RefundDue,
    Ticket,
    TicketsIssued,
)
from apps.eventlog.commands import History, Rejected
from apps.eventlog.events import Event


@dataclass(frozen=True)
class OrderState:
    """paying → declined | paid → ticketed | refund_due → refunded; money may follow a decline."""

    placed: OrderPlaced
    state: str = "paying"
    reason: str = ""  # why it was declined, or why money goes back
    amount: int = 0  # received
    tickets: tuple[Ticket, ...] = field(default=())

    @property
    def has_money(self) -> bool:
        return self.state not in ("paying", "declined")


def order_of(history: History, order: str) -> OrderState:
    """The order as its history tells; Rejected when there is none."""
    state = None
    for event in history:
        if isinstance(event, OrderEvent) and event.order == order:
            state = _next(state, event)
    if state is None:
        raise Rejected("There is no such order.")
    return state


def _next(state: OrderState | None, event: OrderEvent) -> OrderState:
    match event:
        case OrderPlaced():
            return OrderState(event)
        case _ if state is None:
            raise ValueError(f"history begins in the middle of an order: {event}")
        case PaymentDeclined(reason=reason):
            return replace(state, state="declined", reason=reason)
        case PaymentReceived(amount=amount):
            return replace(state, state="paid", amount=amount)
        case RefundDue(reason=reason):
            return replace(state, state="refund_due", reason=reason)
        case PaymentRefunded():
            return replace(state, state="refunded")
        case TicketsIssued(tickets=tickets):
            return replace(state, state="ticketed", tickets=tickets)
    raise ValueError(f"no meaning for {event}")


def unpinned(hold: HoldState | None, order: str) -> list[Event]:
    """What gives a hold back to its own clock, if it is this order's payment that stopped it."""
    if hold is None or hold.sold or hold.payment != order:
        return []
    return [HoldUnpinned(hold.screening, hold.hold, hold.visitor, hold.seats, payment=order)]
