"""Rebuilding read models from the log, while buyers go on buying.

A twin of each table is filled by the ordinary handlers, or folds, and brought up to where the live
table is; then both are compared, and what differs is put right in one transaction. Nothing else is
touched and nobody is told: no mail, no charge, no poke.
"""

from collections import UserDict
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Model

from apps.eventlog import events, inline
from apps.eventlog.events import Event
from apps.eventlog.inline import Row, Rows
from apps.eventlog.looking import raw_connection
from apps.eventlog.models import Checkpoint
from apps.eventlog.projections import Projection
from apps.eventlog.reading import final_mark
from apps.eventlog.twins import Difference, Twin, among_twins, session

BATCH = 2000  # positions that handlers apply in one transaction
WINDOW = 20_000  # positions that a fold reads in one statement
NEAR = 100  # positions: no use in coming nearer before the live table is held still
ROUNDS = 5  # to get there, where much is appended
END = 2**63 - 1

SETTLED = """
SELECT position, type, data FROM eventlog_event
WHERE position > %s AND position <= %s AND type = ANY(%s) ORDER BY position
"""


class Rebuilt(NamedTuple):
    events: int  # that the read model is made of
    differences: list[Difference]


def names() -> list[str]:
    """What can be rebuilt: projections by name, and tables that are kept inline."""
    inline_tables = [model._meta.db_table for model in inline.folds]
    return sorted([projection.name for projection in Projection.all] + inline_tables)


def rebuild(name: str) -> Rebuilt:
    """Put right whatever of this read model is not as the log says. KeyError: no such name."""
    projections = {projection.name: projection for projection in Projection.all}
    tables = {model._meta.db_table: model for model in inline.folds}
    with session():
        if name in projections:
            return _rebuild_projection(projections[name])
        return _rebuild_inline(tables[name])


def _rebuild_projection(projection: Projection) -> Rebuilt:
    """Everything up to the checkpoint is final: the log need not be waited for."""
    twins = [Twin(model) for model in projection.models]
    count = position = 0
    for after, position in _approach(lambda: _checkpoint(projection), BATCH):
        count += _apply(projection, after, position)
        for twin in twins:
            twin.tidy()
    with transaction.atomic():
        count += _apply(projection, position, _checkpoint(projection, lock=True))
        for twin in twins:
            twin.compare()
        return Rebuilt(count, [twin.take_over() for twin in twins])


def _checkpoint(projection: Projection, *, lock: bool = False) -> int:
    """How far the live tables are. Locked, they stay there until the transaction ends."""
    checkpoint, _ = Checkpoint.objects.get_or_create(name=projection.name)
    if lock:
        with connection.cursor() as cursor:
            # The worker holds it for as long as a batch takes, and nobody but the worker waits
            # for it behind us.
            cursor.execute("SET LOCAL lock_timeout = '60s'")
        checkpoint = Checkpoint.objects.select_for_update().get(name=projection.name)
    return checkpoint.position


def _apply(projection: Projection, after: int, through: int) -> int:
    recorded = list(_recorded(after, through, projection.types))
    with among_twins():
        for position, event in recorded:
            projection.apply(event, position)
    return len(recorded)


def _rebuild_inline(model: type[Model]) -> Rebuilt:
    """Buyers write to the live table themselves, so it is locked while the last rows are compared.

    How long that takes depends on what they did since the comparison before, not on the table.
    """
    twin, rows = Twin(model), dict[Row, Row]()
    count = position = 0
    for after, position in _approach(final_mark, WINDOW):
        count += _fold(model, rows, after, position)
    twin.fill(rows.values())
    twin.compare()
    changing = _Changing(rows)
    mark = final_mark()
    count += _fold(model, changing, position, mark)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '60s'")
        twin.lock()
        # All that is visible now, also above a gap: an append in flight has yet to write its rows,
        # and will write them over ours. To wait for it here would be a deadlock.
        count += _fold(model, changing, mark, END)
        twin.change({key: rows.get(key) for key in changing.keys_changed})
        return Rebuilt(count, [twin.take_over()])


def _approach(end: Callable[[], int], size: int) -> Iterator[tuple[int, int]]:
    """The log in stretches of `size` positions, up to near an end that moves on meanwhile."""
    position = 0
    for _ in range(ROUNDS):
        if (through := end()) - position <= NEAR:
            return
        for after in range(position, through, size):
            yield after, min(after + size, through)
        position = through


class _Changing(UserDict[Row, Row]):
    """Rows that note which of them change."""

    def __init__(self, rows: dict[Row, Row]) -> None:
        super().__init__()
        self.data = rows
        self.keys_changed: set[Row] = set()

    def __setitem__(self, key: Row, row: Row) -> None:
        self.keys_changed.add(key)
        super().__setitem__(key, row)

    def __delitem__(self, key: Row) -> None:
        self.keys_changed.add(key)
        super().__delitem__(key)


def _fold(model: type[Model], rows: Rows, after: int, through: int) -> int:
    folds, count = inline.folds[model], 0
    for position, event in _recorded(after, through, folds):
        folds[type(event)](rows, event, position)
        count += 1
    return count


def _recorded(
    after: int, through: int, types: Collection[type[Event]]
) -> Iterator[tuple[int, Event]]:
    """The events of these types at the positions after `after` and up to `through`, in order."""
    stored = [name for cls in types for name in events.names_of(cls)]
    rows = raw_connection().execute(SETTLED, (after, through, stored)).fetchall()
    for position, name, data in rows:
        yield position, events.decode(name, data)
