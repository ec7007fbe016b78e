"""100 changes a second for 30 seconds on one daphne process, to which 50 viewers do not listen.

Every map must end as the table is, the last third must not be later than the first, the silent ones
must delay nobody and cost no memory.
"""

import time
from collections.abc import Iterator
from statistics import quantiles
from typing import NamedTuple

from benchmarks.changing import changing
from benchmarks.cinema import scheduled
from benchmarks.comparing import Row
from benchmarks.fan_out import allow_sockets, catch_up
from benchmarks.listeners import listening
from benchmarks.loading import load
from benchmarks.pushing import path
from benchmarks.world import fresh_database

RATE, SECONDS = 100, 30
VIEWERS, SILENT = 100, 50
NOT_LATER, NOT_DELAYED, NOT_MORE = 2.0, 1.5, 1.5

type Lags = list[tuple[int, float]]  # position, ms


def rows() -> Iterator[Row]:
    allow_sockets()
    alone, others = _run(0), _run(SILENT)
    if others.cut != SILENT:
        raise RuntimeError(f"of {SILENT} silent viewers {others.cut} were let go")
    first, last = (p99(others.lags, third) for third in (0, 2))
    without, beside = p99(alone.lags), p99(others.lags)
    run = f"{RATE} changes/s for {SECONDS} s"
    yield row(f"{run}, seats wrong on {VIEWERS} maps: at the end", others.wrong, 1, 0)
    yield row(f"{run}, ms of lag p99: last third / first (at most)", last, first, NOT_LATER)
    name = f"{run}, ms of lag p99: with {SILENT} silent viewers / without (at most)"
    yield row(name, beside, without, NOT_DELAYED)
    name = f"{run}, MB grown: with {SILENT} silent viewers / without (at most)"
    yield row(name, others.mb, alone.mb, NOT_MORE)


def row(name: str, ours: float, reference: float, at_most: float) -> Row:
    ratio = round(ours / reference, 3)
    return Row(name, round(ours, 2), round(reference, 2), ratio, at_most, ratio <= at_most)


def p99(lags: Lags, third: int | None = None) -> float:
    lags = sorted(lags)
    if third is not None:
        lags = lags[len(lags) * third // 3 : len(lags) * (third + 1) // 3]
    return quantiles([lag for _, lag in lags], n=100)[98]


class Outcome(NamedTuple):
    lags: Lags
    wrong: int  # seats, on all maps together
    mb: float
    cut: int


def _run(silent: int) -> Outcome:
    from apps.seatmap.models import Seat

    with fresh_database() as url:
        load([scheduled(0)])
        catch_up()
        with (
            changing(url, RATE, SECONDS) as (pipe, port),
            listening(port, path("daphne"), VIEWERS, silent) as listeners,
        ):
            pipe.send("change")
            began, grown = pipe.recv()
            time.sleep(1)
            heard, cut = listeners()
            rows = Seat.objects.values_list("seat", "state", "position")
            truth = {seat: (state, position) for seat, state, position in rows}
    wrong = sum(each.seats.get(seat) != truth[seat] for each in heard for seat in truth)
    lags = [
        (position, (at - began[position]) * 1000)
        for each in heard
        for position, at in each.came
        if position in began
    ]
    return Outcome(lags, wrong, grown, cut)
