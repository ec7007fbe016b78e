"""Visitors who pick their seats one by one: assuming against always looking.

A process alone has seen a visitor's first click when the second comes, and looks. Of several each
has seen but a part, so what they assume is often wrong: they must lose little by it.
"""

from collections.abc import Iterator
from functools import cache

from apps.booking.commands.hold_seats import HoldSeats
from apps.eventlog import assuming
from benchmarks import ours
from benchmarks.cinema import Shape
from benchmarks.comparing import Row, compare_rates
from benchmarks.crew import crew

TARGETS = {
    Shape("1 process", processes=1, clicks=True): 1.0,
    Shape("4 processes", clicks=True): 0.85,
}


def hold(command: HoldSeats) -> None:
    always_look()
    ours.hold(command)


@cache
def always_look() -> None:
    """For this process, which does nothing else."""
    assuming.guess = lambda command, boundary: None


def rows() -> Iterator[Row]:
    for shape, target in TARGETS.items():
        with (
            ours.holding(shape) as (mine, _),
            ours.holding(shape) as (_, url),
            crew("benchmarks.clicks.hold", shape, url) as looking,
        ):
            name = f"hold seat by seat, holds/s, {shape.name}: always looking"
            yield compare_rates(name, mine.rate, looking.rate, target)
