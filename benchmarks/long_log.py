"""handle(HoldSeats) with a million events in the log, against a thousand: it must not grow."""

from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks.cinema import Shape
from benchmarks.comparing import Row, compare_costs
from benchmarks.crew import Crew, crew
from benchmarks.histories import MILLION, history
from benchmarks.loading import load_many
from benchmarks.world import fresh_database

TARGET = 1.3
UNSOLD = 100
FEW = Shape("1 writer", processes=1, threads=1, screenings=UNSOLD)
SECONDS = 0.1  # a longer turn would make a long log of the short one


def rows() -> Iterator[Row]:
    with ExitStack() as open_until_the_end:

        def with_log_of(events: int) -> Crew:
            url = open_until_the_end.enter_context(fresh_database())
            load_many(history(events, UNSOLD))
            return open_until_the_end.enter_context(crew("benchmarks.ours.hold", FEW, url, SECONDS))

        long, short = with_log_of(MILLION), with_log_of(1000)
        name = "ms a hold, 1,000,000 events in the log: with 1,000 (at most)"
        yield compare_costs(name, long.milliseconds, short.milliseconds, TARGET, rounds=9)
