"""Of several workers one leads each job, by the database's clock; and what if two do."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection

from apps.catalog.specs.examples import movie_added
from apps.eventlog import leases as leases_module
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.handling import handle
from apps.eventlog.leases import Leases
from apps.eventlog.models import Lease, StoredEvent
from tests.races import crowd

JOBS = ["a", "b"]
ROUNDS = 30


def test_the_first_leads_and_goes_on_leading(database: str) -> None:
    one, two = Leases(JOBS), Leases(JOBS)
    assert one.turn() == {"a", "b"}
    assert two.turn() == set()
    assert one.turn() == set()  # renewed, so not new
    assert led_by(one, two) == [JOBS, []]


def test_what_is_given_up_is_there_for_the_other_at_once(database: str) -> None:
    one, two = Leases(JOBS), Leases(JOBS)
    one.turn()
    one.give_up("a")
    assert not one.leads("a")
    assert two.turn() == set()  # it was not told yet
    one.turn()
    assert two.turn() == {"a"}
    assert led_by(one, two) == [["b"], ["a"]]


def test_the_lease_of_a_dead_leader_runs_out(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases_module, "LASTS", 0.6)
    dead, heir = Leases(JOBS), Leases(JOBS)
    dead.turn()
    time.sleep(0.2)
    assert heir.turn() == set()
    time.sleep(0.5)
    assert heir.turn() == {"a", "b"}


def test_who_was_overtaken_leads_no_more(database: str) -> None:
    frozen, heir = Leases(JOBS), Leases(JOBS)
    frozen.turn()
    Lease.objects.update(holder=heir.holder)
    assert frozen.turn() == set()
    assert led_by(frozen) == [[]]


def test_who_cannot_reach_the_database_leads_no_more(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases_module, "LASTS", 0.1)
    alone = Leases(JOBS)
    alone.turn()
    time.sleep(0.2)
    assert led_by(alone) == [[]]


def test_of_many_that_want_it_at_once_one_leads(database: str) -> None:
    assert all_at_once() == len(JOBS)


def test_control_without_the_condition_many_lead(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    condition = "WHERE lease.holder = excluded.holder OR lease.until < statement_timestamp()"
    assert condition in leases_module.TAKE
    monkeypatch.setattr(leases_module, "TAKE", leases_module.TAKE.replace(condition, ""))
    assert all_at_once() > len(JOBS)


def led_by(*workers: Leases) -> list[list[str]]:
    return [[name for name in JOBS if worker.leads(name)] for worker in workers]


def all_at_once(size: int = 8) -> int:
    """How many leases as many workers were given that asked at one moment."""
    workers, line = [Leases(JOBS) for _ in range(size)], threading.Barrier(size)

    def run(nth: int) -> None:
        line.wait(timeout=10)
        workers[nth].turn()
        connection.close()

    in_threads(size, run)
    return sum(len(names) for names in led_by(*workers))


class Repeat(Command, frozen=True):
    """Has no boundary that would stop a second time: only the receipt can."""

    nth: int

    def boundary(self) -> Boundary:
        return ()

    def decide(self, history: History, now: datetime) -> list[Event]:
        return [movie_added(f"m{self.nth}")]


def test_two_leaders_issue_each_command_once(database: str) -> None:
    """As automations do: from the same to-do list, under ids that follow from what is due."""
    two_leaders()
    assert StoredEvent.objects.count() == ROUNDS


def test_control_without_receipts_they_issue_it_twice(database: str) -> None:
    crowd.without_receipts()
    two_leaders()
    assert StoredEvent.objects.count() > ROUNDS


def two_leaders() -> None:
    line = threading.Barrier(2)

    def act(_: int) -> None:
        for nth in range(ROUNDS):
            line.wait(timeout=10)
            handle(Repeat(nth), command_id=f"auto:test:{nth}", actor="automation:test")
        connection.close()

    in_threads(2, act)


def in_threads(size: int, run: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=run, args=(nth,)) for nth in range(size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
