"""One screening on a daphne process of ours, in which so many seats change each second."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import psutil

from benchmarks.cinema import LASTS, SEATS, screening_id
from benchmarks.pushing import serve_ours
from benchmarks.viewers import Pipe

OPEN = 200  # holds, before the first is let go again


@contextmanager
def changing(url: str, rate: int, seconds: int) -> Iterator[tuple[Pipe, int]]:
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, url, rate, seconds), daemon=True)
    process.start()
    theirs.close()  # so that its end is noticed here
    try:
        yield pipe, pipe.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Pipe, url: str, rate: int, seconds: int) -> None:
    os.environ["DATABASE_URL"] = url
    serve_ours(pipe, partial(_change_steadily, rate, seconds))


def _change_steadily(rate: int, seconds: int) -> tuple[dict[int, float], float]:
    """When each change began, by its position; and how much memory that has cost, in MB."""
    process, began = psutil.Process(), dict[int, float]()

    def make(nth: int) -> None:
        time.sleep(max(0.0, start + nth / rate - time.perf_counter()))
        now = time.perf_counter()
        began[_change(nth)] = now

    with ThreadPoolExecutor(4) as threads:
        start = time.perf_counter()
        list(threads.map(make, range(rate)))  # each thread has its connection
        memory, start = process.memory_info().rss, time.perf_counter() - 1
        list(threads.map(make, range(rate, rate * (seconds + 1))))
    return began, (process.memory_info().rss - memory) / 2**20


def _change(nth: int) -> int:
    """A seat is held; from the `OPEN`th on, every other time one is let go instead."""
    from apps.booking.commands.hold_seats import HoldSeats
    from apps.booking.commands.release_seats import ReleaseSeats
    from apps.eventlog.handling import handle

    later, odd = divmod(max(0, nth - OPEN), 2)
    number = later if odd else min(nth, OPEN) + later
    screening, who = screening_id(0), f"{number:032}"
    seats = (SEATS[number % len(SEATS)],)
    if odd:
        return handle(
            ReleaseSeats(screening, who, who, seats, seats), command_id=f"r{nth}", actor="bench"
        )
    return handle(HoldSeats(screening, who, who, seats, LASTS), command_id=f"h{nth}", actor="bench")
