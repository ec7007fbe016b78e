"""Appends that are held open, and what others manage meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from django.db import connection

from apps.eventlog import handling
from apps.eventlog.commands import Command
from apps.eventlog.looking import look

SOON, NOT_YET = 1.5, 0.3  # seconds: what nobody holds up is done by then; what waits, waits longer


@contextmanager
def in_flight(database: str, command: Command) -> Iterator[psycopg.Connection]:
    """An append, inline projections included, that is made but not yet committed."""
    with psycopg.connect(database) as conn:
        append(conn, command)
        yield conn


def append(conn: psycopg.Connection, command: Command) -> None:
    """What handle() does with the command, in a transaction that stays open."""
    boundary = command.boundary()
    view = look(boundary)
    decided = command.decide(view.history, view.now)
    request = handling.Request(command, uuid4().hex, "test")
    for sql, values in handling.appending(request, boundary, view, decided):
        conn.execute(sql.encode(), values)


class Meanwhile:
    """Something that runs in a thread of its own."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.answer: object = None
        self.took = 0.0  # seconds
        self._thread = threading.Thread(target=self._run, args=(act,))
        self._thread.start()

    def _run(self, act: Callable[[], object]) -> None:
        began = time.monotonic()
        try:
            self.answer = act()
        except Exception as error:
            self.answer = error
        finally:
            self.took = time.monotonic() - began
            connection.close()

    def done(self, within: float) -> bool:
        self._thread.join(within)
        return not self._thread.is_alive()
