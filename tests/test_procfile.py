"""The Procfile as a platform runs it: two web processes, two workers, PostgreSQL and Redis.

The tests go on from one another, on the same processes: each leaves two of each kind running.
"""

import signal
import statistics
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import msgspec
import psycopg
import pytest
from django.db import connections
from django.db.models.functions import Now
from pytest_django.plugin import DjangoDbBlocker

from apps.booking.events import HoldExpired, SeatsHeld
from apps.booking.specs import examples
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.eventlog import clock
from apps.eventlog.events import Event
from apps.eventlog.leases import LASTS, RENEW
from apps.eventlog.models import Lease
from tests.conftest import administrator, miss, use
from tests.history import logged, tell
from tests.paas import Dyno, Platform
from tests.processes import free_port, redis_server
from tests.redis_server import Redis
from tests.visitors import LiveMap, Visitor
from tests.waiting import until

PLAN = tuple(f"{row} {'#' * 20}" for row in "ABCDEFGHIJ")
EXPIRY = "booking.expire_holds"


@pytest.fixture(scope="module")
def empty_database(postgres_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    name, before = f"procfile_{uuid4().hex}", connections.settings["default"]["NAME"]
    with administrator(postgres_url) as server:
        server.execute(f"CREATE DATABASE {name}")
        with django_db_blocker.unblock():
            use(name)
            yield psycopg.conninfo.make_conninfo(postgres_url, dbname=name)
            use(before)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    program = redis_server() or miss("no redis-server")
    redis = Redis(program, tmp_path_factory.mktemp("redis"))
    yield redis
    redis.stop()


@pytest.fixture(scope="module")
def platform(
    empty_database: str, redis: Redis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    environment = {
        "MARQUEE_ENV": "production",
        "SECRET_KEY": "only-for-tests-" + uuid4().hex,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": empty_database,
        "REDIS_URL": redis.url,
    }
    platform = Platform(tmp_path_factory.mktemp("platform"), environment)
    yield platform
    platform.stop()


class House:
    """The cinema that runs there."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.screening = uuid4().hex
        release = platform.run("release")
        assert release.process.wait(timeout=60) == 0, release.said
        tell(movie_added(), auditorium_added(), self._on_sale())
        self.ports = [free_port(), free_port()]
        self.webs = [platform.run("web", PORT=str(port)) for port in self.ports]
        self.workers = [platform.run("worker") for _ in range(2)]
        until(lambda: all(self.open(port) for port in self.ports), 60)
        self.seats = (f"{row}{number}" for row in "ABCDEFGHIJ" for number in range(1, 21))

    def _on_sale(self) -> Event:
        screening = examples.on_sale(clock.now() + timedelta(hours=3))
        return msgspec.structs.replace(
            screening, screening=self.screening, movie="mov1", auditorium="aud1", plan=PLAN
        )

    def open(self, port: int) -> bool:
        try:
            return Visitor(port, self.screening).get()[0] == 200
        except OSError:
            return False

    def visitor(self, nth: int) -> Visitor:
        return Visitor(self.ports[nth], self.screening)

    def leader(self) -> Dyno:
        """The worker that expires holds; waits until there is one."""
        lease = Lease.objects.filter(name=EXPIRY, until__gt=Now())
        until(lease.exists)
        pid = int(lease.get().holder.split("/")[1])
        (worker,) = [worker for worker in self.workers if worker.pid == pid]
        return worker

    def replace_worker(self, gone: Dyno) -> None:
        self.workers.remove(gone)
        self.workers.append(self.platform.run("worker"))

    def typical_crossing(self) -> float:
        return statistics.median(self.crossing() for _ in range(5))

    def crossing(self) -> float:
        """Seconds from a click on one web process to its sight on a map of the other."""
        seat = next(self.seats)
        line = LiveMap(self.ports[1], self.screening)
        visitor = self.visitor(0)
        visitor.get()
        began = time.monotonic()
        assert visitor.hold(seat) == 302
        answered = time.monotonic()
        seen = line.wait_for(seat, "held")
        line.close()
        assert answered - began < 1
        return seen - began

    def lapse(self) -> str:
        """Somebody's hold runs out, and nobody but a worker is there to end it."""
        seat = next(self.seats)
        lapsed = examples.held(seat, hold=uuid4().hex, until=clock.now() - timedelta(seconds=1))
        tell(msgspec.structs.replace(lapsed, screening=self.screening))
        return seat

    def expired(self, seat: str) -> bool:
        return any(seat in event.seats for event in logged(HoldExpired))


@pytest.fixture(scope="module")
def house(platform: Platform) -> House:
    return House(platform)


def test_a_hold_is_seen_live_on_the_other_web_process(house: House) -> None:
    house.crossing()  # opens what is opened once
    assert house.typical_crossing() < 0.25


@pytest.mark.parametrize("trouble", ["stop", "freeze"])
def test_without_redis_maps_follow_within_a_second_or_so(
    house: House, redis: Redis, trouble: str
) -> None:
    getattr(redis, trouble)()
    assert max(house.crossing() for _ in range(2)) < 2
    redis.start() if trouble == "stop" else redis.thaw()
    until(lambda: house.typical_crossing() < 0.25)


def test_a_killed_leader_is_replaced_within_seconds(house: House) -> None:
    leader = house.leader()
    leader.kill()
    seat = house.lapse()
    assert until(lambda: house.expired(seat)) < 5
    assert house.leader() != leader
    house.replace_worker(leader)


def test_a_leader_that_is_asked_to_stop_hands_over_at_once(house: House) -> None:
    leader = house.leader()
    assert leader.ask_to_stop() == 0
    began = time.monotonic()
    assert house.leader() != leader
    assert time.monotonic() - began < LASTS - RENEW  # its lease would have lasted longer
    house.replace_worker(leader)


def test_a_web_process_that_restarts_amid_holds_loses_none(house: House) -> None:
    mine = house.visitor(0)
    mine.hold("J1")
    granted: list[str] = []
    stop = threading.Event()

    def go_on_buying() -> None:
        while not stop.is_set():
            visitor, seat = house.visitor(0), next(house.seats)
            try:
                if visitor.hold(seat) == 302:
                    granted.append(seat)
            except OSError:
                return

    buyer = threading.Thread(target=go_on_buying)
    buyer.start()
    until(lambda: len(granted) > 3)
    status = house.webs[0].ask_to_stop()
    stop.set()
    buyer.join()
    assert status == 0
    house.webs[0] = house.platform.run("web", PORT=str(house.ports[0]))
    until(lambda: house.open(house.ports[0]), 60)
    held = {seat for event in logged(SeatsHeld) for seat in event.seats}
    assert held >= {"J1", *granted}
    assert mine.has("J1")
    assert house.crossing() < 1


def test_all_end_properly_and_have_said_nothing_bad(house: House) -> None:
    running = [*house.webs, *house.workers]
    assert [dyno.ask_to_stop() for dyno in running] == [0] * 4
    for dyno in house.platform.started:
        bad = [word for word in ("ERROR", "CRITICAL", "Traceback", "Task was") if word in dyno.said]
        assert not bad, dyno.said
        assert dyno.said.count("pokes do not cross") <= 2  # once an outage
        assert dyno.process.returncode in (0, -signal.SIGKILL)
