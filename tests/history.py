"""Histories told from outside: events appended as if something had decided them."""

from datetime import datetime
from uuid import uuid4

from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.handling import handle


def tell(*events: Event) -> int:
    """Append these events, inline projections included; the position of the last."""

    class Tell(Command, frozen=True):
        def boundary(self) -> Boundary:
            return ()

        def decide(self, history: History, now: datetime) -> list[Event]:
            return list(events)

    return handle(Tell(), command_id=f"test:{uuid4().hex}", actor="test")
