"""Inline projections: SQL that runs in the appending transaction. Few, and fixed in number.

    @inline(SeatsHeld)
    def claim(event: SeatsHeld, nth: int) -> Statement:
        return "INSERT INTO …", (event.screening, list(event.seats))

`eventlog_position(nth)` in the SQL is the event's position. A statement writes its rows in
primary-key order, else two appends can deadlock. A table is kept inline or by catching up,
never both.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from apps.eventlog.events import Event

type Statement = tuple[str, Sequence[object]]

by_type: defaultdict[type[Event], list[Callable[..., Statement]]] = defaultdict(list)


def inline[F: Callable[..., Statement]](*types: type[Event]) -> Callable[[F], F]:
    """Register the statement that keeps a table true to each event of these types."""

    def register(function: F) -> F:
        for cls in types:
            by_type[cls].append(function)
        return function

    return register


def statements(decided: Sequence[Event]) -> Iterator[Statement]:
    for nth, event in enumerate(decided):
        for project in by_type[type(event)]:
            yield project(event, nth)
