"""Our way: the command, through the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from apps.booking.commands.hold_seats import HoldSeats
from apps.eventlog.handling import handle
from benchmarks.cinema import SCREENINGS, Shape, scheduled
from benchmarks.crew import Crew, crew
from benchmarks.loading import load
from benchmarks.world import fresh_database


def hold(command: HoldSeats) -> None:
    handle(command, command_id=f"web:{uuid4().hex}", actor=f"visitor:{command.visitor}")


@contextmanager
def holding(shape: Shape) -> Iterator[tuple[Crew, str]]:
    """Our writers on a database of their own with every screening on sale; and its URL."""
    with fresh_database() as url:
        load(scheduled(number) for number in range(SCREENINGS))
        with crew("benchmarks.ours.hold", shape, url) as ours:
            yield ours, url
