"""Nobody can write past the readers: a raw INSERT or COPY raises the barrier like an append."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from apps.booking.specs.examples import held
from apps.eventlog.models import StoredEvent
from apps.eventlog.reading import Reader
from tests.history import tell
from tests.races import crowd
from tests.races.flights import NOT_YET, SOON, Meanwhile

COLUMNS = "eventlog_event (type, tags, data, metadata)"


def insert(conn: psycopg.Connection) -> None:
    conn.execute(f"INSERT INTO {COLUMNS} VALUES ('test.Unread', '{{}}', '{{}}', '{{}}')".encode())


def copy(conn: psycopg.Connection) -> None:
    with conn.cursor().copy(f"COPY {COLUMNS} FROM STDIN".encode()) as rows:
        rows.write_row(("test.Unread", "{}", "{}", "{}"))


@contextmanager
def before_another(database: str, write: Callable[[psycopg.Connection], None]) -> Iterator[None]:
    """Position 1 is written so, and committed at the end; 2 is there already."""
    with psycopg.connect(database) as conn:
        write(conn)
        assert tell(held("A7")) == 2
        yield


@pytest.mark.parametrize("write", [insert, copy])
def test_a_reader_waits_for_it(database: str, write: Callable[[psycopg.Connection], None]) -> None:
    reader = Reader(0, [])
    with before_another(database, write):
        reading = Meanwhile(reader.read)
        assert not reading.done(NOT_YET)
    assert reading.done(SOON)
    assert reading.answer == [(1, None), (2, None)]


@pytest.mark.parametrize("write", [insert, copy])
def test_control_without_the_barrier_it_is_lost(
    database: str, write: Callable[[psycopg.Connection], None]
) -> None:
    crowd.without_the_barrier()
    reader = Reader(0, [])
    with before_another(database, write):
        assert reader.read() == [(2, None)]
    assert reader.read() == []


NAMED = COLUMNS.replace("(", "(position, ")


def insert_at_one(conn: psycopg.Connection) -> None:
    values = "VALUES (1, 'test.Unread', '{}', '{}', '{}')"
    conn.execute(f"INSERT INTO {NAMED} {values}".encode())


def copy_to_one(conn: psycopg.Connection) -> None:
    with conn.cursor().copy(f"COPY {NAMED} FROM STDIN".encode()) as rows:
        rows.write_row((1, "test.Unread", "{}", "{}", "{}"))


@contextmanager
def behind_a_reader(database: str) -> Iterator[psycopg.Connection]:
    """Position 1 will never be used, and a reader has gone past it."""
    with psycopg.connect(database) as rolled_back:
        insert(rolled_back)
        rolled_back.rollback()
    assert tell(held("A7")) == 2
    reader = Reader(0, [])
    assert reader.read() == [(2, None)]
    with psycopg.connect(database) as conn:
        yield conn
        conn.commit()
    assert reader.read() == []


@pytest.mark.parametrize("write", [insert_at_one, copy_to_one])
def test_nobody_names_a_position(
    database: str, write: Callable[[psycopg.Connection], None]
) -> None:
    with behind_a_reader(database) as conn:
        with pytest.raises(psycopg.Error, match="not yet defined"):  # a session that got none yet
            write(conn)
        conn.rollback()
        insert(conn)
        conn.rollback()
        with pytest.raises(psycopg.Error, match="its own positions"):
            write(conn)
        conn.rollback()
    assert StoredEvent.objects.count() == 1


@pytest.mark.parametrize("write", [insert_at_one, copy_to_one])
def test_control_what_names_its_position_is_lost(
    database: str, write: Callable[[psycopg.Connection], None]
) -> None:
    crowd.with_named_positions()
    with behind_a_reader(database) as conn:
        write(conn)
    assert StoredEvent.objects.count() == 2  # of which the reader has seen one
