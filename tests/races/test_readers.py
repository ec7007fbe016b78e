"""Readers lose, repeat and reorder nothing, whatever falls: appends, writers, the server."""

from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from apps.eventlog.reading import Reader
from tests.races import servers
from tests.races.writers import Follower, Writers, every, kill_one, stored


def follow_writers_that_die(database: str, seconds: float) -> None:
    with Writers(database).at_work() as writers:
        followers = [Follower(), Follower()]
        every(0.05, seconds, lambda: kill_one(database))
    assert writers.cut > 0
    assert_nothing_lost(database, writers, followers)


def assert_nothing_lost(database: str, writers: Writers, followers: list[Follower]) -> None:
    log = stored(database)
    assert set(writers.committed) <= set(log)
    assert [follower.everything() for follower in followers] == [log] * len(followers)
    assert len(writers.committed) > 100  # else it proves little


def test_readers_beside_writers_that_roll_back_and_are_killed(database: str) -> None:
    follow_writers_that_die(database, seconds=2)


def test_control_readers_without_the_fence_lose_events(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deliver_all[R](self: Reader, rows: list[R]) -> list[R]:
        return rows

    monkeypatch.setattr(Reader, "_deliverable", deliver_all)
    with pytest.raises(AssertionError):
        follow_writers_that_die(database, seconds=0.5)


def test_readers_across_a_restart_and_a_crash_of_the_server(
    programs: Path, django_db_blocker: DjangoDbBlocker, number: int
) -> None:
    with servers.running(programs) as cluster, django_db_blocker.unblock():
        database = servers.migrated(cluster.url, f"restarted_{number}")
        with servers.used(database):
            with Writers(database).at_work() as writers:
                followers = [Follower(), Follower()]
                for mode in ("fast", "immediate"):
                    every(0.05, 0.5, lambda: kill_one(database))
                    cluster.stop(mode)
                    cluster.start()
                every(0.05, 0.5, lambda: kill_one(database))
            assert writers.cut > 16  # each at least once
            assert_nothing_lost(database, writers, followers)
