"""Running projections and automations: a thread each, woken by pokes, polling as the truth.

Several workers may run; each job is led by one of them (leases.py). A job that fails stands still:
nothing is skipped, and no other job is held up. It says so, passes the lead on, and tries again
after a pause that grows. So what passes, passes; and what does not is said again and again.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection

from apps.eventlog import clock, traces
from apps.eventlog.automations import Automation
from apps.eventlog.handling import Busy
from apps.eventlog.leases import RENEW, Leases
from apps.eventlog.pokes import Waker
from apps.eventlog.projections import Projection

log = logging.getLogger(__name__)

POLL = 1.0  # seconds
LEAST = 0.05  # so that something due that cannot be done yet does not spin
LONGEST = 60.0  # seconds between two tries
# What passes by itself: the database or another machine is away, others kept winning.
DATABASE_AWAY = (OperationalError, InterfaceError)
PASSING = (*DATABASE_AWAY, OSError, Busy)

type Step = Callable[[], float]  # works off some of what there is, answers the seconds it may rest


class Worker:
    """All projections and automations of this process."""

    def __init__(self) -> None:
        steps = dict(_steps())
        self._leases = Leases(steps)
        self._jobs = {name: Job(name, step, self._leases) for name, step in steps.items()}
        self._keeper = threading.Thread(target=self._keep_leases, name="leases", daemon=True)
        self._ended = False

    def start(self) -> None:
        for thread in (*self._jobs.values(), self._keeper):
            thread.start()

    def stop(self) -> None:
        """Let each job end the step it is in, and another worker lead it."""
        if self._keeper.is_alive():
            for job in self._jobs.values():
                job.stop()
            for job in self._jobs.values():
                job.join()
            self._ended = True
            self._leases.changed.set()
            self._keeper.join()

    def _keep_leases(self) -> None:
        last = failing = False
        while not last:
            self._leases.changed.wait(RENEW)
            self._leases.changed.clear()
            last = self._ended  # looked at before the turn, which then gives all back
            failing = not self._take_turn(say=not failing)
        connection.close()

    def _take_turn(self, *, say: bool) -> bool:
        try:
            for name in self._leases.turn():
                self._jobs[name].waker.wake()
        except Exception as error:
            if say:
                passing = isinstance(error, DATABASE_AWAY)
                level = logging.WARNING if passing else logging.CRITICAL
                log.log(level, "no leases, this worker rests: %s", error, exc_info=not passing)
            connection.close()
            return False
        return True


class Job(threading.Thread):
    """One projection or automation, while this worker leads it."""

    def __init__(self, name: str, step: Step, leases: Leases) -> None:
        super().__init__(name=name, daemon=True)
        self.waker = Waker()
        self._step, self._leases = step, leases
        self._stopping = threading.Event()
        self._pause = POLL

    def stop(self) -> None:
        self._stopping.set()
        self.waker.wake()

    def run(self) -> None:
        try:
            while not self._stopping.is_set():
                self.waker.wait(self._turn())
        finally:
            connection.close()
            self._leases.give_up(self.name)

    def _turn(self) -> float:
        if not self._leases.leads(self.name):
            return POLL
        try:
            rest = self._step()
        except Exception as error:
            self._stand_still(error)
            return 0
        self._pause = POLL
        return rest

    def _stand_still(self, error: Exception) -> None:
        pause, self._pause = self._pause, min(LONGEST, self._pause * 2)
        if isinstance(error, PASSING):
            log.warning("%s tries again in %d s: %r", self.name, pause, error)
        else:
            log.critical("%s has stopped, tries again in %d s", self.name, pause, exc_info=True)
        connection.close()
        self._leases.give_up(self.name)
        if not self._stopping.wait(pause):
            self._leases.want(self.name)


def _steps() -> Iterator[tuple[str, Step]]:
    kept_elsewhere = {automation.todo for automation in Automation.all}
    for projection in Projection.all:
        if projection not in kept_elsewhere:
            yield projection.name, _following(projection)
    for automation in Automation.all:
        yield automation.name, _acting(automation)


def _following(projection: Projection) -> Step:
    def step() -> float:
        return 0 if projection.catch_up() else POLL

    return step


def _acting(automation: Automation) -> Step:
    due: datetime | None = None

    def step() -> float:
        nonlocal due
        if automation.todo and automation.todo.catch_up():
            return 0
        now = clock.now()
        # A to-do list may have grown at any time; without one only time makes something due.
        if automation.todo or due is None or due <= now:
            with traces.act(automation.name):
                due = automation.act(now)
        return POLL if due is None else min(POLL, max(LEAST, (due - now).total_seconds()))

    return step
