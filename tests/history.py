"""Histories logged from outside, as if something had decided them; and what the log tells."""

from datetime import datetime
from uuid import uuid4

from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.handling import handle
from apps.eventlog.reading import Reader


def tell(*events: Event) -> int:
    """Append these events, inline projections included; the position of the last."""

    class Tell(Command, frozen=True):
        def boundary(self) -> Boundary:
            return ()

        def decide(self, history: History, now: datetime) -> list[Event]:
            return list(events)

    return handle(Tell(), command_id=f"test:{uuid4().hex}", actor="test")


def logged[E: Event](*kinds: type[E]) -> list[E]:
    """All events of these kinds, in order. (One read ends at a gap, and a rollback leaves one.)"""
    reader, events = Reader(0, kinds), list[E]()
    while batch := reader.read():
        events += [event for _, event in batch if isinstance(event, kinds)]
    return events
