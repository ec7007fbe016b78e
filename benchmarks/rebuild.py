"""Rebuilding the seat map from a million events, against filling it by one SQL statement.

Both begin with an empty map. Ours reads the log in portions, folds it in Python, fills a twin,
compares it with the live map and puts that right, all of it while buyers could go on. The statement
only fills, knows that in this history no hold is pinned, and may sort in memory.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial

from django.db import connection

from apps.eventlog.rebuilding import rebuild
from benchmarks.comparing import Row, compare_rates
from benchmarks.histories import MILLION, history
from benchmarks.loading import load_many
from benchmarks.world import fresh_database

TARGET = 0.2
UNSOLD = 100

FILL = """
INSERT INTO seatmap_seat (screening, seat, state, position, hold, visitor, until, pinned)
SELECT DISTINCT ON (screening, seat)
    screening, seat, state, position,
    CASE WHEN state <> 'available' THEN hold END,
    CASE WHEN state <> 'available' THEN visitor END,
    until, false
FROM (
    SELECT
        position,
        data ->> 'screening' AS screening,
        jsonb_array_elements_text(data -> 'seats') AS seat,
        CASE type
            WHEN 'booking.SeatsHeld' THEN 'held'
            WHEN 'booking.SeatsSold' THEN 'sold'
            ELSE 'available'
        END AS state,
        data ->> 'hold' AS hold,
        data ->> 'visitor' AS visitor,
        (data ->> 'until')::timestamptz AS until
    FROM eventlog_event
    WHERE type IN (
        'booking.SeatsHeld', 'booking.SeatsReleased', 'booking.HoldExpired', 'booking.SeatsSold'
    )
) AS said
ORDER BY screening, seat, position DESC
"""


def rows() -> Iterator[Row]:
    with fresh_database():
        load_many(history(MILLION, UNSOLD))
        name = "rebuild of the seat map, 1,000 events/s: one SQL statement"
        ours, theirs = partial(thousands, by_rebuild), partial(thousands, by_statement)
        yield compare_rates(name, ours, theirs, TARGET, rounds=3)
        must_agree()


def by_rebuild() -> None:
    rebuild("seatmap_seat")


def by_statement() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET work_mem = '512MB'")
        cursor.execute(FILL)


def thousands(fill: Callable[[], None]) -> float:
    """A second, of events."""
    run("TRUNCATE seatmap_seat")
    before = time.perf_counter()
    fill()
    seconds = time.perf_counter() - before
    connection.close()
    return MILLION / 1000 / seconds


def must_agree() -> None:
    """The statement's map stands; a rebuild must find nothing to put right in it."""
    if wrong := [
        difference for difference in rebuild("seatmap_seat").differences if difference.rows
    ]:
        raise RuntimeError(f"the two maps differ: {wrong}")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
