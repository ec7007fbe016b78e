"""Inline projections: SQL that runs in the appending transaction. Few, and fixed in number.

    @inline(SeatsHeld)
    def claim(event: SeatsHeld, nth: int) -> Statement:
        return "INSERT INTO …", (event.screening, list(event.seats))

`eventlog_position(nth)` in the SQL is the event's position. A statement writes its rows in
primary-key order, else two appends can deadlock. A table is kept inline or by catching up,
never both.

A statement an event is too slow for a rebuild, so each says the same once more in Python:

    @refold(Claim, SeatsHeld)
    def claim_again(rows: Rows, event: SeatsHeld, position: int) -> None:
        rows.update(…)

`rows` is the whole table: primary key -> all columns, in the model's order.
tests/test_eventlog_refold.py holds the two to each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, MutableMapping, Sequence

from django.db.models import Model

from apps.eventlog import wire
from apps.eventlog.events import Event

type Statement = wire.Statement  # its values: str, int, bool, datetime, a list of str, or None

type Row = tuple[object, ...]
type Rows = MutableMapping[Row, Row]
type Fold = Callable[..., None]  # (rows, event, position)

by_type: defaultdict[type[Event], list[Callable[..., Statement]]] = defaultdict(list)
folds: defaultdict[type[Model], dict[type[Event], Fold]] = defaultdict(dict)


def inline[F: Callable[..., Statement]](*types: type[Event]) -> Callable[[F], F]:
    """Register the statement that keeps a table true to each event of these types."""

    def register(function: F) -> F:
        for cls in types:
            by_type[cls].append(function)
        return function

    return register


def statements(decided: Sequence[Event]) -> Iterator[Statement]:
    for nth, event in enumerate(decided):
        for project in by_type.get(type(event), ()):
            yield project(event, nth)


def refold[F: Fold](model: type[Model], *types: type[Event]) -> Callable[[F], F]:
    """Register how events of these types change the rows of `model`, for a rebuild."""

    def register(function: F) -> F:
        for cls in types:
            if cls in folds[model]:
                raise ValueError(f"{model.__name__} is refolded twice from {cls.__name__}")
            folds[model][cls] = function
        return function

    return register
