"""Record that the bank has sent the money of an order back."""

from datetime import datetime

from apps.checkout.events import PaymentRefunded
from apps.checkout.folds import order_of
from apps.checkout.tags import Order
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event


class RecordRefund(Command, frozen=True):
    order: str

    def boundary(self) -> Boundary:
        return (Order(self.order),)

    def decide(self, history: History, now: datetime) -> list[Event]:
        order = order_of(history, self.order)
        return [PaymentRefunded(self.order, order.amount)] if order.state == "refund_due" else []
