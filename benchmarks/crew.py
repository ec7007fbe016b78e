"""Writers: processes of threads that hold seats, one wish after the other, for a while."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.booking.commands.hold_seats import HoldSeats
    from benchmarks.cinema import Shape

SECONDS = 3

type Hold = Callable[["HoldSeats"], None]
type Pipe = Connection[Any, Any]


class Crew:
    """Calls `hold` (dotted, imported by each process) with wishes of this shape."""

    def __init__(self, pipes: list["Pipe"], seconds: float) -> None:
        self._pipes = pipes
        self._seconds = seconds

    def rate(self) -> float:
        """Holds a second."""
        return len(self._durations()) / self._seconds

    def milliseconds(self) -> float:
        """The median of what a hold takes."""
        return median(self._durations()) * 1000

    def _durations(self) -> list[float]:
        for pipe in self._pipes:
            pipe.send(self._seconds)
        answers = [pipe.recv() for pipe in self._pipes]
        if failed := [answer for answer in answers if isinstance(answer, Exception)]:
            raise failed[0]
        return [duration for answer in answers for duration in answer]


@contextmanager
def crew(hold: str, shape: "Shape", url: str, seconds: float = SECONDS) -> Iterator[Crew]:
    context = multiprocessing.get_context("spawn")
    counter = context.Value("q", 0)
    pipes, processes = [], []
    for _ in range(shape.processes):
        pipe, theirs = context.Pipe()
        arguments = (theirs, hold, shape, url, counter)
        processes.append(context.Process(target=_work, args=arguments, daemon=True))
        pipes.append(pipe)
    for process in processes:
        process.start()
    try:
        yield Crew(pipes, seconds)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _work(pipe: "Pipe", dotted: str, shape: "Shape", url: str, counter: Any) -> None:
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    from django.utils.module_loading import import_string

    from benchmarks.cinema import wish

    hold: Hold = import_string(dotted)

    def nth() -> int:
        with counter.get_lock():
            counter.value += 1
            return int(counter.value) - 1

    def work_until(deadline: float) -> list[float]:
        durations: list[float] = []
        while True:
            command = wish(nth(), shape)
            before = time.perf_counter()
            hold(command)
            after = time.perf_counter()
            if after > deadline:
                return durations
            durations.append(after - before)

    with ThreadPoolExecutor(shape.threads) as threads:
        while True:
            seconds = pipe.recv()
            deadline = time.perf_counter() + seconds
            futures = [threads.submit(work_until, deadline) for _ in range(shape.threads)]
            try:
                pipe.send([duration for future in futures for duration in future.result()])
            except Exception as error:
                pipe.send(error)
