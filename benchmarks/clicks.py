"""What assuming is worth where visitors pick seat by seat, and that it does no harm where it fails.

One process has seen a visitor's first click when the second comes, and looks. Of several each has seen
but some: what they assume is often wrong, so they soon leave it. Both against a look each time.
"""

from collections.abc import Iterator
from functools import cache

from apps.booking.commands.hold_seats import HoldSeats
from apps.eventlog import assuming
from benchmarks import ours
from benchmarks.cinema import Shape
from benchmarks.comparing import Row, compare_rates
from benchmarks.crew import crew

ONE = Shape("1 process", processes=1, clicks=True)
FOUR = Shape("4 processes", clicks=True)
TARGETS = {ONE: 1.0, FOUR: 0.9}


def hold(command: HoldSeats) -> None:
    always_look()
    ours.hold(command)


@cache
def always_look() -> None:
    """For this process, which does nothing else."""
    assuming.granted = lambda command, boundary: None


def rows() -> Iterator[Row]:
    for shape, target in TARGETS.items():
        with ours.holding(shape) as (assuming, _), ours.holding(shape) as (_, url):
            with crew("benchmarks.clicks.hold", shape, url) as looking:
                name = f"hold seat by seat, holds/s, {shape.name}: always looking"
                yield compare_rates(name, assuming.rate, looking.rate, target)
