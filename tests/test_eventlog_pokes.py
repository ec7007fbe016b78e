"""Pokes through Redis: quick, quiet when it is away, back when it is back."""

import logging
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from apps.eventlog import pokes
from apps.eventlog.pokes import PostOffice, Waker
from cinema_site.folder import REPOSITORY
from tests.conftest import miss
from tests.processes import redis_server
from tests.redis_server import Redis
from tests.waiting import until

SOCKET_TIMEOUT = 0.3  # the client's own is 5 s; a socket that is idle for longer must live on


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    program = redis_server() or miss("no redis-server")
    redis = Redis(program, tmp_path)
    yield redis
    redis.stop()


@pytest.fixture
def office(
    redis: Redis, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PostOffice]:
    """This process's own; it hears its own pokes through Redis, as other processes do."""
    settings.REDIS_URL = f"{redis.url}?socket_timeout={SOCKET_TIMEOUT}"
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [settings.REDIS_URL]},
        }
    }
    monkeypatch.setattr(PostOffice, "_one", None)
    office = PostOffice.open()
    until(lambda: hears(office))
    yield office
    office.close()


def hears(office: PostOffice) -> bool:
    """Whether a poke that is sent comes back from Redis within 0.1 s."""
    waker = Waker()
    office.send()
    waker._poked.wait(0.1)
    return waker._poked.is_set()


def test_a_poke_crosses_in_milliseconds(office: PostOffice) -> None:
    waker, delays = Waker(), []
    for _ in range(20):
        began = time.monotonic()
        office.send()
        waker.wait(1)
        delays.append(time.monotonic() - began)
    assert statistics.median(delays) < 0.05, delays


def test_an_idle_line_stays(office: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    time.sleep(4 * SOCKET_TIMEOUT)
    assert hears(office)
    assert not caplog.records


def test_pokes_come_back_with_redis(
    redis: Redis, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    for outage in (1, 2):
        redis.stop()
        for _ in range(24):  # longer than a try
            office.send()
            time.sleep(0.05)
        assert office.lost
        assert warnings(caplog) == outage
        redis.start()
        assert until(lambda: hears(office)) < 3
        assert not office.lost
    assert warnings(caplog) == 2


def warnings(caplog: pytest.LogCaptureFixture) -> int:
    assert all(record.levelno <= logging.WARNING for record in caplog.records)
    return len(caplog.records)


@pytest.mark.parametrize("trouble", ["freeze", "stop"])
def test_who_pokes_never_waits(redis: Redis, office: PostOffice, trouble: str) -> None:
    getattr(redis, trouble)()
    delays = []
    for _ in range(300):
        began = time.monotonic()
        pokes.poke()
        delays.append(time.monotonic() - began)
    assert statistics.median(delays) < 0.002, delays
    assert max(delays) < 0.1, delays
    assert sum(thread.name == "pokes" for thread in threading.enumerate()) <= 2
    redis.thaw()


PROGRAM = """
import time
import django
django.setup()
from apps.eventlog import pokes
waker = pokes.Waker()
time.sleep(0.3)
pokes.poke()
"""


@pytest.mark.parametrize("trouble", [Redis.thaw, Redis.freeze])
def test_a_process_ends_without_a_word(redis: Redis, trouble: Callable[[Redis], None]) -> None:
    trouble(redis)
    ended = subprocess.run(
        [sys.executable, "-W", "default", "-c", PROGRAM],
        cwd=REPOSITORY,
        env={**os.environ, "REDIS_URL": redis.url},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    said = [line for line in ended.stderr.splitlines() if "pokes do not cross" not in line]
    assert not said
