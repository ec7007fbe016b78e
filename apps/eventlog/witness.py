"""A witness sees one command being handled, and tells it as traces. Only while somebody listens."""

import logging
import re
import time
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.utils import timezone

from apps.eventlog import events, inline, traces
from apps.eventlog.commands import Boundary, Command, Rejected, items_of
from apps.eventlog.correlations import correlation_of
from apps.eventlog.events import Event
from apps.eventlog.looking import View, raw_connection
from apps.eventlog.traces import Trace

log = logging.getLogger(__name__)

LONGEST = 160  # characters of a value
ID = re.compile(r"\b([0-9a-f]{8})(?:[0-9a-f]{24}|(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")
TICKET = re.compile(r"\b([A-Z2-7]{4})-[A-Z2-7]{4}\b")

# Of an append's events only the last position is answered.
POSITIONS = """
SELECT position FROM eventlog_event
WHERE position <= %s AND metadata ->> 'command_id' = %s ORDER BY position DESC LIMIT %s
"""


def watched(request: Any, grant: Callable[[Any], int]) -> int:
    """What `grant` answers to the request; and tell what became of it."""
    witness = Witness(request.command, request.command_id, request.actor)
    try:
        position = grant(request._replace(witness=witness))
    except Rejected as rejection:
        witness.tell("rejected", reason=str(rejection))
        raise
    except Exception as failure:
        witness.tell("failed", reason=type(failure).__name__)
        raise
    witness.tell(witness.outcome(position), position)
    return position


class Witness:
    """Notes what handle() does, in the order in which it does it; `tell` is the end."""

    def __init__(self, command: Command, command_id: str, actor: str) -> None:
        self._command, self._command_id, self._actor = command, command_id, actor
        self._came, self._began = time.time(), time.perf_counter()
        self._attempts = 0
        self._boundary: Boundary = ()
        self._read = ("read", 0)
        self._decided: Sequence[Event] = ()
        self._took: list[tuple[str, float]] = []  # of the last attempt

    def begins(self, boundary: Boundary) -> None:
        self._attempts += 1
        self._boundary, self._decided, self._took = boundary, (), []
        self._since = time.perf_counter()

    def looked(self, view: View) -> None:
        self._read = "read", len(view.history)
        self._note("look")

    def decided(self, view: View, decided: Sequence[Event]) -> None:
        self._read = "assumed" if view.assumed else "read", len(view.history)
        self._decided = decided
        self._note("decide")

    def appended(self) -> None:
        self._note("append")

    def outcome(self, position: int) -> str:
        if not position:
            return "nothing to do"
        return "accepted" if self._decided else "repeat"

    def tell(self, outcome: str, position: int = 0, reason: str = "") -> None:
        """Who watches changes nothing: what goes wrong with a trace is no matter of the command."""
        try:
            for trace in self._traces(outcome, position, reason):
                traces.emit(trace)
        except Exception:
            log.warning("a trace was not told", exc_info=True)

    def _note(self, step: str) -> None:
        self._took.append((step, traces.milliseconds(self._since)))
        self._since = time.perf_counter()

    def _traces(self, outcome: str, position: int, reason: str) -> Iterator[Trace]:
        took, done = traces.milliseconds(self._began), time.time()
        story = correlation_of(self._command_id, self._actor, self._boundary)
        name, column = type(self._command).__name__, column_of(self._command)
        if automation := traces.acting.get():
            waited = (self._began - automation.since) * 1000
            yield Trace(
                "automation",
                automation.name,
                automation.name,
                story,
                facts=(("to do", f"issues {name}"),),
                milliseconds=waited,
                at=self._came,
            )
        facts, actor = facts_of(self._command), shortened(self._actor)
        yield Trace("command", name, column, story, (), facts, None, actor, self._came)
        facts = tuple(self._reasons(reason))
        yield Trace("decision", outcome, column, story, (), facts, took, actor, done)
        if outcome == "accepted":
            yield from self._effects(position, story, column, done)
        if automation:
            automation.since = time.perf_counter()

    def _reasons(self, reason: str) -> Iterator[tuple[str, str]]:
        if reason:
            yield "because", reason
        how, read = self._read
        count = f"{read} event{'s' * (read != 1)}"
        tags = ", ".join(tag.text for item in items_of(self._boundary) for tag in item.tags[:1])
        yield how, shortened(f"{count} with {tags}")
        if self._attempts > 1:
            yield "tries", str(self._attempts)
        if self._took:
            yield "ms", " · ".join(f"{step} {ms:.1f}" for step, ms in self._took)

    def _effects(self, last: int, story: str, column: str, at: float) -> Iterator[Trace]:
        positions = self._positions(last)
        for event, position in zip(self._decided, positions, strict=False):
            facts = (*facts_of(event), ("tags", tags_of(event)))
            yield Trace("event", title_of(event), column, story, (position,), facts, at=at)
        for table, types in inline_tables():
            pairs = zip(self._decided, positions, strict=False)
            theirs = tuple(position for event, position in pairs if type(event) in types)
            if theirs:
                facts = (("kept", "in the same transaction"),)
                yield Trace("projection", table, table, story, theirs, facts, at=at)

    def _positions(self, last: int) -> tuple[int, ...]:
        if len(self._decided) == 1:
            return (last,)
        asked = (last, self._command_id, len(self._decided))
        rows = raw_connection().execute(POSITIONS, asked).fetchall()
        return tuple(sorted(position for (position,) in rows))


def column_of(command: Command) -> str:
    """The slice of a command, which its module names: booking.hold_seats."""
    app, _, slice_ = type(command).__module__.removeprefix("apps.").partition(".commands.")
    return f"{app}.{slice_}" if slice_ else ""


def inline_tables() -> Iterator[tuple[str, Container[type[Event]]]]:
    """Each table that is kept in the appending transaction, and by which events."""
    for model, folds in inline.folds.items():
        yield model._meta.label_lower, folds


def title_of(event: Event) -> str:
    return events.name_of(type(event)).rpartition(".")[2]


def tags_of(event: Event) -> str:
    return shortened(", ".join(tag.text for tag in event.tags()))


def facts_of(record: msgspec.Struct) -> tuple[tuple[str, str], ...]:
    """The fields of a command or event that say something, as short texts."""
    fields = ((name, in_words(getattr(record, name))) for name in record.__struct_fields__)
    return tuple((name, text) for name, text in fields if text)


def in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%F %T}"
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 60:g} min"
    if isinstance(value, msgspec.Struct):
        return " ".join(text for _, text in facts_of(value))
    if isinstance(value, (tuple, list)):
        text = ", ".join(in_words(each) for each in value)
    else:
        text = "" if value is None else str(value)
    text = shortened(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def shortened(text: str) -> str:
    """Ids and tickets by their beginnings: whoever has a whole one may use it."""
    return TICKET.sub(r"\1-…", ID.sub(r"\1…", text))
