"""Our way: the command, through the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.db import connection

from apps.booking.commands.hold_seats import HoldSeats
from apps.eventlog.handling import handle
from benchmarks.cinema import SCREENINGS, Shape
from benchmarks.crew import Crew, crew
from benchmarks.histories import history
from benchmarks.loading import analyze, load
from benchmarks.world import fresh_database

USED = 20_000  # events: a log that has seen some days
RECEIPTS = """
INSERT INTO eventlog_receipt (command_id, actor, digest, position)
SELECT 'web:' || md5(position::text), 'visitor', sha256(tags::text::bytea)::text, position
FROM eventlog_event
"""


def hold(command: HoldSeats) -> None:
    handle(command, command_id=f"web:{uuid4().hex}", actor=f"visitor:{command.visitor}")


@contextmanager
def holding(shape: Shape) -> Iterator[tuple[Crew, str]]:
    """Our writers on a database of their own with every screening on sale; and its URL."""
    with fresh_database() as url:
        load(history(USED, unsold=SCREENINGS))
        # Sessions keep the plans of their first statements: a new log's would be for an empty one.
        with connection.cursor() as cursor:
            cursor.execute(RECEIPTS)
        analyze()
        with crew("benchmarks.ours.hold", shape, url) as ours:
            yield ours, url
