"""Writers that die in every way there is, and readers that must not notice."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from uuid import uuid4

import psycopg
from django.db import DatabaseError, connection

from apps.eventlog.reading import Reader

APPEND = """
SELECT eventlog_append(
    %s::text, 'test', '', ARRAY[%s::text], '{false}', '{}', NULL, 0, NULL, NULL,
    '{test.Unread,test.Unread}', ARRAY['{}', '{}'], '[{}, {}]', '{}'
)
"""
VICTIMS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = 'writer' AND datname = current_database() ORDER BY random() LIMIT 1
"""


class Writers:
    """Threads that append two events at a time, now and then take one back, and reconnect."""

    def __init__(self, database: str, count: int = 16) -> None:
        self.database = psycopg.conninfo.make_conninfo(
            database, application_name="writer", options="-c lock_timeout=4000"
        )
        self.committed: list[int] = []  # the second position of each append that was answered
        self.cut = 0  # times that a connection was lost
        self.stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(Random(nth),)) for nth in range(count)
        ]

    @contextmanager
    def at_work(self) -> Iterator["Writers"]:
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self.stopping.set()
            for thread in self._threads:
                thread.join()

    def _run(self, chance: Random) -> None:
        while not self.stopping.is_set():
            try:
                with psycopg.connect(self.database) as conn:
                    while not self.stopping.is_set():
                        self._append(conn, chance)
            except psycopg.Error:
                self.cut += 1
                time.sleep(0.01)

    def _append(self, conn: psycopg.Connection, chance: Random) -> None:
        parameters = (uuid4().hex, f"test-topic:{chance.randrange(4)}")
        (position,) = conn.execute(APPEND, parameters).fetchone() or (0,)
        time.sleep(chance.choice([0, 0, 0.001, 0.005]))
        if chance.random() < 0.2:
            conn.rollback()
        else:
            conn.commit()
            self.committed.append(position)


class Follower:
    """Reads the log as a projection or a hub does, through lost connections too."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self._reader = Reader(0, [])
        self._thread = threading.Thread(target=self._run)
        self._done = threading.Event()
        self._failures: list[Exception] = []
        self._thread.start()

    def _run(self) -> None:
        try:
            while not self._done.is_set():
                self._try_to_read()
        except Exception as failure:
            self._failures.append(failure)
        finally:
            connection.close()

    def _try_to_read(self) -> None:
        try:
            self.read += [position for position, _ in self._reader.read()]
        except DatabaseError:
            connection.close()  # as a worker does before it tries again
            time.sleep(0.01)

    def everything(self) -> list[int]:
        """All that it has read, once nothing is written any more."""
        self._done.set()
        self._thread.join()
        if self._failures:
            raise self._failures[0]
        while batch := self._reader.read():
            self.read += [position for position, _ in batch]
        return self.read


def kill_one(database: str) -> None:
    with suppress(psycopg.Error), psycopg.connect(database, autocommit=True) as killer:
        killer.execute(VICTIMS)


def stored(database: str) -> list[int]:
    with psycopg.connect(database) as conn:
        rows = conn.execute("SELECT position FROM eventlog_event ORDER BY position")
        return [position for (position,) in rows]


def every(seconds: float, during: float, act: Callable[[], object]) -> None:
    end = time.monotonic() + during
    while time.monotonic() < end:
        act()
        time.sleep(seconds)
