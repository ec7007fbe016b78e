"""Running projections and automations: a thread each, woken by pokes, polling as the truth."""

import logging
import threading
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

from apps.eventlog import clock
from apps.eventlog.automations import Automation
from apps.eventlog.pokes import Waker
from apps.eventlog.projections import Projection

log = logging.getLogger(__name__)

POLL = 1.0  # seconds
LEAST = 0.05  # so that something due that cannot be done yet does not spin

type Step = Callable[[], float]  # works off what there is, answers the seconds it may rest


class Worker:
    """All projections and automations of this process."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._wakers: list[Waker] = []
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        kept_elsewhere = {automation.todo for automation in Automation.all}
        for projection in Projection.all:
            if projection not in kept_elsewhere:
                self._start(projection.name, _following(projection))
        for automation in Automation.all:
            self._start(automation.name, _acting(automation))

    def stop(self) -> None:
        """Let each thread end the step it is in, and wait for it."""
        self._stopping.set()
        for waker in self._wakers:
            waker.wake()
        for thread in self._threads:
            thread.join()

    def _start(self, name: str, step: Step) -> None:
        waker = Waker()
        thread = threading.Thread(
            target=self._run, args=(name, step, waker), name=name, daemon=True
        )
        self._wakers.append(waker)
        self._threads.append(thread)
        thread.start()

    def _run(self, name: str, step: Step, waker: Waker) -> None:
        try:
            while not self._stopping.is_set():
                waker.wait(self._rest_after(name, step))
        except Exception:
            # Never skip what cannot be handled: stop here, loudly, until someone mends it.
            log.critical("%s has stopped", name, exc_info=True)
        finally:
            connection.close()

    def _rest_after(self, name: str, step: Step) -> float:
        try:
            return step()
        except (OperationalError, InterfaceError) as error:
            log.warning("%s lost the database, will try again: %s", name, error)
            connection.close()
            return POLL


def _following(projection: Projection) -> Step:
    def step() -> float:
        while projection.catch_up():
            pass
        return POLL

    return step


def _acting(automation: Automation) -> Step:
    def step() -> float:
        if automation.todo:
            while automation.todo.catch_up():
                pass
        now = clock.now()
        due = automation.act(now)
        return POLL if due is None else min(POLL, max(LEAST, (due - now).total_seconds()))

    return step
