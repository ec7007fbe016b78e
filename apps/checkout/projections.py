"""What keeps checkout's tables."""

from apps.checkout.events import (
    OrderEvent,
    OrderPlaced,
    PaymentDeclined,
    PaymentReceived,
    PaymentRefunded,
    RefundDue,
    TicketsIssued,
)
from apps.checkout.models import Order
from apps.eventlog.events import Event
from apps.eventlog.projections import Projection

orders = Projection("checkout.orders", Order)

STATES: dict[type[Event], str] = {
    PaymentDeclined: "declined",
    PaymentReceived: "paid",
    TicketsIssued: "ticketed",
    PaymentRefunded: "refunded",
}


@orders.on(OrderPlaced)
def place(event: OrderPlaced, position: int) -> None:
    Order.objects.create(
        order=event.order,
        state="paying",
        screening=event.screening,
        hold=event.hold,
        seats=list(event.seats),
        amount=event.amount,
        pay_by=event.pay_by,
    )


@orders.on(*STATES)
def move(event: OrderEvent, position: int) -> None:
    Order.objects.filter(order=event.order).update(state=STATES[type(event)])


@orders.on(RefundDue)
def owe(event: RefundDue, position: int) -> None:
    # What came in goes back, be it another amount than was asked for.
    Order.objects.filter(order=event.order).update(state="refund_due", amount=event.amount)
