"""Readers lose nothing, whatever order appends commit in; projections follow them exactly once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from apps.booking.models import OpenHold
from apps.booking.projections import open_holds
from apps.booking.specs.examples import END, held, released
from apps.eventlog import projections as projections_module
from apps.eventlog.events import Event
from apps.eventlog.models import Checkpoint
from apps.eventlog.projections import Projection, catch_up_all
from apps.eventlog.reading import Reader, final_mark
from tests.history import tell

INSERT = (
    "INSERT INTO eventlog_event (type, tags, data, metadata)"
    " VALUES ('test.Unread', '{}', '{}', '{}') RETURNING position"
)


@pytest.fixture
def slow_append(database: str) -> Iterator[psycopg.Connection]:
    """A connection with an append in flight, at position 1."""
    with psycopg.connect(database) as slow:
        slow.execute(INSERT)
        yield slow


def positions(reader: Reader) -> list[int]:
    return [position for position, _ in reader.read()]


@contextmanager
def reading(reader: Reader) -> Iterator[list[int]]:
    """Reads in a thread of its own meanwhile; what it read is there at the end."""
    read: list[int] = []

    def run() -> None:
        read.extend(positions(reader))
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield read
    thread.join(timeout=10)


def test_reads_in_order_and_only_once(database: str) -> None:
    tell(held("A7"), released("A7"))
    tell(held("A8", hold="h2"))
    reader = Reader(0)
    assert [event for _, event in reader.read(limit=2)] == [held("A7"), released("A7")]
    assert [event for _, event in reader.read()] == [held("A8", hold="h2")]
    assert reader.read() == []


def test_reads_only_the_types_asked_for_but_counts_all(database: str) -> None:
    tell(held("A7"), released("A7"))
    assert Reader(0, [type(held("A7"))]).read() == [(1, held("A7")), (2, None)]


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_waits_for_a_lower_position_that_commits_later(
    slow_append: psycopg.Connection, end: str
) -> None:
    later = tell(held("A7"))
    assert later == 2
    with reading(Reader(0, [])) as read:
        time.sleep(0.2)
        assert read == []  # 2 is visible, but 1 may still come
        getattr(slow_append, end)()
    assert read == ([1, 2] if end == "commit" else [2])


def test_control_trusting_the_checkpoint_loses_it(slow_append: psycopg.Connection) -> None:
    """What a reader without the fence would do: take all that is visible past its checkpoint."""
    tell(held("A7"))
    visible = "SELECT position FROM eventlog_event WHERE position > %s ORDER BY position"
    with connection.cursor() as cursor:
        first = [position for (position,) in cursor.execute(visible, [0])]
        slow_append.commit()
        second = [position for (position,) in cursor.execute(visible, first[-1:])]
    assert first + second == [2]


def test_what_has_no_gap_below_it_is_delivered_at_once(database: str) -> None:
    tell(held("A7"))
    with psycopg.connect(database) as slow:
        slow.execute(INSERT)
        tell(held("A8", hold="h2"))
        assert positions(Reader(0, [])) == [1]


def test_other_transactions_hold_nobody_up(database: str) -> None:
    with psycopg.connect(database) as other, psycopg.connect(database) as rolled_back:
        other.execute("CREATE TABLE unrelated (id int)")
        rolled_back.execute(INSERT)
        rolled_back.rollback()
        tell(held("A7"))
        assert positions(Reader(0, [])) == [2]


def test_the_final_mark_waits_for_appends_in_flight(slow_append: psycopg.Connection) -> None:
    tell(held("A7"))
    marks: list[int] = []

    def run() -> None:
        marks.append(final_mark())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.1)
    assert marks == []
    slow_append.commit()
    thread.join(timeout=10)
    assert marks == [2]


def test_readers_beside_writers_lose_repeat_and_reorder_nothing(database: str) -> None:
    written = _write_for_a_while(database)
    reader, read = Reader(0, []), list[int]()
    while batch := positions(reader):
        read += batch
    assert read == sorted(written)


def _write_for_a_while(database: str, writers: int = 8, each: int = 60) -> list[int]:
    """Appends from several connections, every fifth rolled back; the committed positions.

    A reader follows them meanwhile and must have seen the same in the end.
    """
    written: list[int] = []
    done = threading.Event()
    followed: list[int] = []

    def write(nth: int) -> None:
        with psycopg.connect(database) as mine:
            for turn in range(each):
                (position,) = mine.execute(INSERT).fetchone() or (0,)
                time.sleep(0.001 * ((nth + turn) % 3))
                if (nth + turn) % 5 == 0:
                    mine.rollback()
                else:
                    mine.commit()
                    written.append(position)

    def follow() -> None:
        reader = Reader(0, [])
        while not done.is_set():
            followed.extend(positions(reader))
        while batch := positions(reader):
            followed.extend(batch)
        connection.close()

    follower = threading.Thread(target=follow)
    threads = [threading.Thread(target=write, args=(nth,)) for nth in range(writers)]
    for thread in [follower, *threads]:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    follower.join()
    assert followed == sorted(written)
    return written


def test_control_a_reader_without_the_fence_loses_events(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deliver_all[R](self: Reader, rows: list[R]) -> list[R]:
        return rows

    monkeypatch.setattr(Reader, "_deliverable", deliver_all)
    with pytest.raises(AssertionError):
        _write_for_a_while(database)


def test_a_projection_follows_and_keeps_its_checkpoint(database: str) -> None:
    tell(held("A7"))
    position = tell(held("A8", earlier=("A7",)))
    catch_up_all()
    assert OpenHold.objects.get().seats == ["A7", "A8"]
    assert Checkpoint.objects.get(name=open_holds.name).position == position
    assert not open_holds.catch_up()


def test_tables_and_checkpoint_move_together(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(held("A7"), held("B7", by="bob", hold="h2"))

    def poison(event: Event, position: int) -> None:
        if position == 2:
            raise ZeroDivisionError

    monkeypatch.setitem(open_holds._handlers, type(held("A7")), [*_handlers(), poison])
    with pytest.raises(ZeroDivisionError):
        open_holds.catch_up()
    assert not OpenHold.objects.exists()
    assert Checkpoint.objects.get(name=open_holds.name).position == 0


def _handlers() -> list[Callable[..., None]]:
    return open_holds._handlers[type(held("A7"))]


def test_two_processes_never_apply_a_batch_twice(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process moves the checkpoint between this one's read and its transaction."""
    tell(held("A7"))
    applied: list[int] = []
    counting = Projection("test.counting")
    counting.on(type(held("A7")))(lambda event, position: applied.append(position))
    monkeypatch.setattr(projections_module, "Reader", _reader_that_is_overtaken(counting))
    assert counting.catch_up()
    Projection.all.remove(counting)
    assert applied == [1]


def _reader_that_is_overtaken(projection: Projection) -> type[Reader]:
    class Overtaken(Reader):
        overtaken = False

        def read(self, limit: int = 500) -> list:  # type: ignore[type-arg]
            batch = super().read(limit)
            if not Overtaken.overtaken:
                Overtaken.overtaken = True
                projection.catch_up()
            return batch

    return Overtaken


def test_waiting_for_a_position(database: str) -> None:
    position = tell(held("A7", until=END))
    assert not open_holds.wait_for(position, timeout=0.1)
    open_holds.catch_up()
    assert open_holds.wait_for(position, timeout=0.1)
