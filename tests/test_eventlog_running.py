"""A worker's jobs: who leads them, and what becomes of one that fails."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import psycopg
import pytest

from apps.booking.events import SeatsHeld
from apps.booking.projections import open_holds
from apps.booking.specs.examples import held
from apps.eventlog import clock, running
from apps.eventlog.automations import Automation
from apps.eventlog.handling import Busy
from apps.eventlog.leases import LASTS
from apps.eventlog.models import Lease
from apps.eventlog.projections import Projection
from apps.eventlog.running import Step, Worker, _acting
from tests.history import tell
from tests.waiting import until

type Start = Callable[..., Worker]


@pytest.fixture
def start(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts a worker with these jobs: start(name=step)."""
    started: list[Worker] = []

    def run(**steps: Step) -> Worker:
        monkeypatch.setattr(running, "_steps", lambda: iter(steps.items()))
        started.append(Worker())
        started[-1].start()
        return started[-1]

    yield run
    for worker in started:
        worker.stop()


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Callable[[int], list[str]]:
    """What was logged at a level."""
    return lambda level: [each.message for each in caplog.records if each.levelno == level]


class Steps:
    """Jobs that count how often they ran, and fail as long as there is a failure for them."""

    def __init__(self) -> None:
        self.ran: Counter[str] = Counter()
        self.failures: dict[str, Exception] = {}

    def __getitem__(self, name: str) -> Step:
        def step() -> float:
            if name in self.failures:
                raise self.failures[name]
            clock.now()
            self.ran[name] += 1
            return 0.02

        return step

    def go_on(self, name: str) -> bool:
        """Whether it ran since this was asked last."""
        return self.ran.pop(name, 0) > 0


def test_one_of_two_workers_leads_and_hands_over_when_it_stops(start: Start) -> None:
    steps = Steps()
    one = start(job=steps["one"])
    until(lambda: steps.go_on("one"))
    start(job=steps["two"])
    until(lambda: steps.ran["one"] > 20)
    assert not steps.ran["two"]
    one.stop()
    assert until(lambda: steps.go_on("two")) < LASTS / 2  # it did not have to run out


def test_a_worker_that_stopped_leads_nothing(start: Start) -> None:
    steps = Steps()
    worker = start(a=steps["a"], b=steps["b"])
    until(lambda: Lease.objects.count() == 2)
    worker.stop()
    assert not Lease.objects.exists()


def test_what_fails_stops_loudly_and_alone(start: Start, said: Callable[[int], list[str]]) -> None:
    steps = Steps()
    steps.failures["poisoned"] = ZeroDivisionError()
    start(poisoned=steps["poisoned"], sound=steps["sound"])
    until(lambda: said(logging.CRITICAL))
    assert said(logging.CRITICAL) == ["poisoned has stopped, tries again in 1 s"]
    steps.go_on("sound")
    until(lambda: steps.go_on("sound"))
    assert not steps.ran["poisoned"]
    steps.failures.clear()
    until(lambda: steps.go_on("poisoned"))


def test_a_poison_event_is_never_skipped(start: Start, said: Callable[[int], list[str]]) -> None:
    applied: list[str] = []
    poison = {"A7"}

    def apply(event: SeatsHeld, position: int) -> None:
        if poison.intersection(event.seats):
            raise ValueError(event.seats)
        applied.extend(event.seats)

    poisoned = Projection("test.poisoned")
    Projection.all.remove(poisoned)
    poisoned.on(SeatsHeld)(apply)
    start(poisoned=running._following(poisoned), sound=running._following(open_holds))
    tell(held("A6"))
    until(lambda: applied == ["A6"])
    last = tell(held("A7", hold="h2"), held("A8", hold="h3"))
    until(lambda: said(logging.CRITICAL))
    assert open_holds.wait_for(last)
    assert applied == ["A6"]
    poison.clear()
    until(lambda: applied == ["A6", "A7", "A8"])


def test_where_one_worker_fails_another_may_not(start: Start) -> None:
    steps = Steps()
    start(job=steps["one"])
    until(lambda: steps.go_on("one"))
    start(job=steps["two"])
    steps.failures["one"] = RuntimeError("an older release")
    assert until(lambda: steps.go_on("two")) < LASTS


@pytest.mark.parametrize("passing", [Busy("others won"), ConnectionRefusedError("no bank")])
def test_what_passes_is_tried_again(
    start: Start, said: Callable[[int], list[str]], passing: Exception
) -> None:
    steps = Steps()
    steps.failures["job"] = passing
    start(job=steps["job"])
    until(lambda: said(logging.WARNING))
    steps.failures.clear()
    until(lambda: steps.go_on("job"))
    assert not said(logging.CRITICAL)


def test_the_pause_grows(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "POLL", 0.05)
    pauses: list[float] = []
    steps = Steps()
    steps.failures["job"] = Busy()
    monkeypatch.setattr(running.log, "warning", lambda *words: pauses.append(words[2]))
    start(job=steps["job"])
    until(lambda: len(pauses) == 4)
    assert pauses == [0.05, 0.1, 0.2, 0.4]


def test_jobs_go_on_when_the_database_is_back(
    start: Start, database: str, postgres_url: str, said: Callable[[int], list[str]]
) -> None:
    steps = Steps()
    start(a=steps["a"], b=steps["b"])
    until(lambda: steps.go_on("a") and steps.go_on("b"))
    with psycopg.connect(postgres_url, autocommit=True) as server:
        away(server, database)
        until(lambda: any("no leases" in each for each in said(logging.WARNING)))
        back(server, database)
    steps.ran.clear()
    until(lambda: steps.ran["a"] and steps.ran["b"])
    assert not said(logging.CRITICAL)


def away(server: psycopg.Connection, database: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )


def back(server: psycopg.Connection, database: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_an_automation_without_a_list_runs_when_it_is_due(database: str) -> None:
    """However often something pokes: what goes by time alone has nothing to look for before."""
    runs: list[datetime] = []

    def act(now: datetime) -> datetime:
        runs.append(now)
        return now + timedelta(seconds=0.2)

    step = _acting(Automation("test.timed", act, todo=None))
    rests = [step() for _ in range(5)]
    assert len(runs) == 1
    assert max(rests) <= 0.2
    time.sleep(0.2)
    step()
    assert len(runs) == 2
