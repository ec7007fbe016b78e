"""A process that catches up is killed, again and again: table and checkpoint always agree.

The process says so after each batch of its events, and is killed within the next.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from random import Random

import psycopg
import pytest

from apps.booking.events import HoldExpired, SeatsHeld
from apps.booking.models import OpenHold
from apps.booking.projections import open_holds
from apps.booking.specs.examples import END
from apps.eventlog.models import Checkpoint
from apps.eventlog.reading import Reader
from cinema_site.folder import REPOSITORY
from tests.history import tell

KILLS, CONTROL_KILLS, BATCH = 3, 8, 40
VICTIM = "victim"  # what the server knows it by

CATCH_UP = f"""
import django; django.setup()
from apps.booking.projections import open_holds
while open_holds.catch_up({BATCH}):
    print(flush=True)
"""
# Control: as if checkpoint and table moved one after the other.
APART = f"""
import contextlib, django, types; django.setup()
from apps.eventlog import projections
projections.transaction = types.SimpleNamespace(atomic=contextlib.nullcontext)
{CATCH_UP}
"""


@pytest.fixture
def history(database: str) -> str:
    """1,500 events: holds, of which two in three have expired."""
    events: list[SeatsHeld | HoldExpired] = []
    for nth in range(900):
        about = (f"s{nth}", f"h{nth}", "ann", ("A1",))
        events.append(SeatsHeld(*about, (), END))
        if nth % 3:
            events.append(HoldExpired(*about))
    for first in range(0, len(events), 100):  # a command may not touch too many tags
        tell(*events[first : first + 100])
    return database


def test_table_and_checkpoint_always_agree(history: str) -> None:
    assert list(killed_in_the_middle(history, CATCH_UP, KILLS)) == [True] * KILLS
    while open_holds.catch_up():
        pass
    assert agree(history)
    assert OpenHold.objects.count() == 300


def test_control_moved_apart_they_disagree(history: str) -> None:
    assert not all(killed_in_the_middle(history, APART, CONTROL_KILLS))


def killed_in_the_middle(database: str, program: str, times: int) -> Iterator[bool]:
    """Whether the two agree, after each of so many kills."""
    chance = Random(0)
    for _ in range(times):
        before = checkpoint()
        kill_after(chance, database, program)
        yield agree(database)
        assert checkpoint() > before  # it was at work


def kill_after(chance: Random, database: str, program: str) -> None:
    """Run the program, let it say a few batches, kill it within another."""
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": database, "PGAPPNAME": VICTIM},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    for _ in range(chance.randint(1, 4)):
        assert process.stdout.readline()
    time.sleep(chance.uniform(0.005, 0.04))
    process.kill()
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()


def agree(database: str) -> bool:
    """Whether the table is what a fold of the log makes of it, up to the checkpoint."""
    wait_until_the_server_knows(database)
    reached, expected = checkpoint(), set[str]()
    for position, event in Reader(0, [SeatsHeld, HoldExpired]).read(limit=10_000):  # without gaps
        if position <= reached and isinstance(event, SeatsHeld):
            expected.add(event.hold)
        elif position <= reached and isinstance(event, HoldExpired):
            expected.remove(event.hold)
    return set(OpenHold.objects.values_list("hold", flat=True)) == expected


def wait_until_the_server_knows(database: str) -> None:
    """The dead process's session ends its statement first."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND application_name = %s"
    )
    with psycopg.connect(database, autocommit=True) as conn:
        while conn.execute(others, [VICTIM]).fetchone() != (0,):
            time.sleep(0.01)


def checkpoint() -> int:
    found = Checkpoint.objects.filter(name=open_holds.name).first()
    return found.position if found else 0
