"""The connection is cut after the append was sent: it counts, but its sender does not know.

So it is sent again, and answered like the first time.
"""

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connections

from apps.catalog.specs.examples import movie_added
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.handling import handle
from apps.eventlog.models import Receipt, StoredEvent
from tests.races import servers

COMMITTED = b"eventlog_append\x00"  # the append's answer, which the server gives when all is stored


class Wish(Command, frozen=True):
    """Would be granted each time, if the receipt did not tell."""

    def boundary(self) -> Boundary:
        return ()

    def decide(self, history: History, now: datetime) -> list[Event]:
        return [movie_added()]


class Wire:
    """A socket before the server's. Once armed, it drops the word that it has committed."""

    def __init__(self, folder: Path, server: Callable[[], socket.socket]) -> None:
        self.armed, self.cut, self._server = False, 0, server
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / ".s.PGSQL.5432"))
        self._listening.listen()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(timeout=5)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                thread = threading.Thread(target=self._carry, args=(client,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _carry(self, client: socket.socket) -> None:
        with client, self._server() as server:
            other = {client: server, server: client}
            while True:
                for source in select.select(list(other), [], [])[0]:
                    said = source.recv(65536)
                    if self.armed and source is server and COMMITTED in said:
                        self.armed, self.cut = False, self.cut + 1
                        return
                    if not said:
                        return
                    other[source].sendall(said)


@pytest.fixture
def wire(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Django's connections go over it."""
    folder = tmp_path_factory.mktemp("wire")
    wire = Wire(folder, lambda: connected(database))
    with servers.used(psycopg.conninfo.make_conninfo(database, host=str(folder), port=5432)):
        handle(Wish(), command_id="warm", actor="test")
        yield wire
    wire.close()


def connected(database: str) -> socket.socket:
    parts = psycopg.conninfo.conninfo_to_dict(database)
    host, port = str(parts["host"]), int(parts.get("port") or 5432)
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server


def send(command_id: str) -> int:
    try:
        return handle(Wish(), command_id=command_id, actor="test")
    finally:
        for connection in connections.all():
            connection.close_if_unusable_or_obsolete()  # as Django does between requests


def lose_the_answer(wire: Wire, command_id: str) -> None:
    wire.armed = True
    with pytest.raises(OperationalError):
        send(command_id)
    assert wire.cut == 1


def test_the_second_time_answers_like_the_first(wire: Wire) -> None:
    command_id = uuid4().hex
    lose_the_answer(wire, command_id)
    (lost,) = StoredEvent.objects.filter(metadata__command_id=command_id)
    assert send(command_id) == lost.position
    assert StoredEvent.objects.filter(metadata__command_id=command_id).count() == 1


def test_control_without_receipts_it_counts_twice(wire: Wire) -> None:
    command_id = uuid4().hex
    lose_the_answer(wire, command_id)
    Receipt.objects.filter(command_id=command_id).delete()
    send(command_id)
    assert StoredEvent.objects.filter(metadata__command_id=command_id).count() == 2
