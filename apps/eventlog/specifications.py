"""Specifications as data: given events, when a command, then events or a rejection.

given(on_sale(), held("A7", by="bob")).when(hold("A7")).then_rejected("A7 is taken.")
given(held("A7", until=PAST)).when_runs("booking.expire_holds").then(expired("A7"))
given(held("A7")).then_shows("seatmap.Seat", {"seat": "A7", "state": "held"})
given(placed()).when_read(order_page, "o1").then_shows(OrderPage(…))
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from apps.eventlog.commands import Command, Rejected, items_of
from apps.eventlog.events import Event

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
# Automations go by the database's clock; to it these are always so.
PAST, FUTURE = datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Specification:
    given: tuple[Event, ...]
    when: Command
    at: datetime
    then: tuple[Event, ...] | Rejected

    def check(self) -> None:
        """Run it. Raises AssertionError: what came out, or which given event is out of sight."""
        boundary = items_of(self.when.boundary())
        for event in self.given:
            inside = any(item.matches(event) for item in boundary)
            assert inside, f"outside the boundary, so no real history: {event}"
        outcome = self._outcome()
        if isinstance(self.then, Rejected):
            assert str(outcome) == str(self.then), f"expected {self.then!r}, not {outcome!r}"
        else:
            assert outcome == self.then, f"expected {self.then!r}, not {outcome!r}"

    def _outcome(self) -> tuple[Event, ...] | Rejected:
        try:
            return tuple(self.when.decide(self.given, self.at))
        except Rejected as rejection:
            return rejection


@dataclass(frozen=True)
class AutomationSpecification:
    """What an automation, run once on a log of the given events, adds to it."""

    given: tuple[Event, ...]
    runs: str
    then: tuple[Event, ...]


@dataclass(frozen=True)
class TableSpecification:
    """What a table of a read model shows once it has followed the given events.

    `table` is its model's label; `rows` are all its rows, in the order of their keys, as far as
    their columns are named.
    """

    given: tuple[Event, ...]
    table: str
    rows: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class FoldSpecification:
    """What a read model that is folded when it is asked for makes of the given events."""

    given: tuple[Event, ...]
    fold: Callable[..., object]
    arguments: tuple[Any, ...]
    at: datetime
    then: object

    def check(self) -> None:
        """Run it. Raises AssertionError with what came out."""
        outcome = self.fold(self.given, self.at, *self.arguments)
        assert outcome == self.then, f"expected {self.then!r}, not {outcome!r}"


type AnySpecification = (
    Specification | AutomationSpecification | TableSpecification | FoldSpecification
)


@dataclass(frozen=True)
class Given:
    events: tuple[Event, ...]

    def then_shows(self, table: str, *rows: dict[str, object]) -> TableSpecification:
        return TableSpecification(self.events, table, rows)

    def when_read(
        self, fold: Callable[..., object], *arguments: object, at: datetime = NOON
    ) -> "WhenRead":
        return WhenRead(self.events, fold, arguments, at)

    def when_runs(self, automation: str) -> "WhenRuns":
        return WhenRuns(self.events, automation)

    def when(self, command: Command, at: datetime = NOON) -> "When":
        return When(self.events, command, at)


@dataclass(frozen=True)
class When:
    events: tuple[Event, ...]
    command: Command
    at: datetime

    def then(self, *events: Event) -> Specification:
        return Specification(self.events, self.command, self.at, events)

    def then_nothing(self) -> Specification:
        return self.then()

    def then_rejected(self, reason: str) -> Specification:
        return Specification(self.events, self.command, self.at, Rejected(reason))


@dataclass(frozen=True)
class WhenRuns:
    events: tuple[Event, ...]
    automation: str

    def then(self, *events: Event) -> AutomationSpecification:
        return AutomationSpecification(self.events, self.automation, events)

    def then_nothing(self) -> AutomationSpecification:
        return self.then()


@dataclass(frozen=True)
class WhenRead:
    events: tuple[Event, ...]
    fold: Callable[..., object]
    arguments: tuple[Any, ...]
    at: datetime

    def then_shows(self, shown: object) -> FoldSpecification:
        return FoldSpecification(self.events, self.fold, self.arguments, self.at, shown)


def given(*events: Event) -> Given:
    return Given(events)
