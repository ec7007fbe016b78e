"""Reading the log in order, without losing an event.

Positions are given out before they commit, so they become visible out of order: a reader that
trusted `position > checkpoint` would skip whatever commits late. Hence: deliver only what has no
gap below it; at a gap that stays, wait for the appends that could still fill it (`final_mark`).
"""

import time
from collections.abc import Collection
from typing import NamedTuple

from django.db import connection

from apps.eventlog import events
from apps.eventlog.events import Event

ROWS = """
SELECT position, type, CASE WHEN %s::text[] IS NULL OR type = ANY(%s::text[]) THEN data END
FROM eventlog_event WHERE position > %s ORDER BY position LIMIT %s
"""
# The virtual transactions that hold the barrier: the appends in flight.
IN_FLIGHT = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'advisory' AND classid = 1 AND objid = 1 AND objsubid = 2
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


type Row = tuple[int, str, str | None]  # position, type, data unless nobody asked for it


class Recorded(NamedTuple):
    """One row of the log. `event` is None for a type that the reader did not ask for."""

    position: int
    event: Event | None


class Reader:
    """Reads on from a position, each event once and in order. Not for use inside a transaction."""

    def __init__(self, after: int, types: Collection[type[Event]] | None = None) -> None:
        """`types`: those to decode; None for all."""
        self.position = after
        self._final = after  # no gap up to here can still be filled
        self._names: list[str] | None = None
        if types is not None:
            self._names = [name for cls in types for name in events.names_of(cls)]

    def read(self, limit: int = 500) -> list[Recorded]:
        """The next events, at most `limit`; [] when there is none yet. Waits at a gap."""
        rows = self._rows(limit)
        run = self._deliverable(rows)
        if rows and not run:
            self._final = final_mark()
            run = self._deliverable(self._rows(limit))
        if run:
            self.position = run[-1][0]
        return [self._recorded(*row) for row in run]

    def _rows(self, limit: int) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(ROWS, (self._names, self._names, self.position, limit))
            return list(cursor.fetchall())

    def _deliverable(self, rows: list[Row]) -> list[Row]:
        run, expected = list[Row](), self.position + 1
        for row in rows:
            position, *_ = row
            if position != expected and position > self._final:
                break
            run.append(row)
            expected = position + 1
        return run

    def _recorded(self, position: int, name: str, data: str | None) -> Recorded:
        return Recorded(position, None if data is None else events.decode(name, data))


def final_mark() -> int:
    """Wait until every position up to the answered one is committed or will never be used.

    The mark is read before the holders: whoever got a lower position raised the barrier before
    that, so it is among them or has already ended. New appends never have to wait for us.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0), pg_is_in_recovery() FROM eventlog_event")
        mark, in_recovery = cursor.fetchone()
        if in_recovery:
            raise RuntimeError("this server is a standby: its locks do not show appends in flight")
        pending, pause = None, 0.001
        while pending is None or pending:
            cursor.execute(IN_FLIGHT)
            holders = {row[0] for row in cursor.fetchall()}
            pending = holders if pending is None else pending & holders
            if pending:
                time.sleep(pause)
                pause = min(pause * 2, 0.05)
    return int(mark)
