"""Issue the tickets of a paid order, one a seat."""

from datetime import datetime
from typing import Annotated

from apps.checkout.events import Ticket, TicketsIssued
from apps.checkout.folds import order_of
from apps.checkout.tags import Order
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.origins import origin


class IssueTickets(Command, frozen=True):
    order: str
    tickets: Annotated[tuple[Ticket, ...], origin("order", "seats", "setting SECRET_KEY")]

    def boundary(self) -> Boundary:
        return (Order(self.order),)

    def decide(self, history: History, now: datetime) -> list[Event]:
        if order_of(history, self.order).state != "paid":
            return []
        return [TicketsIssued(self.order, self.tickets)]
