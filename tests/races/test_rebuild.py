"""Rebuilding beside buyers: none of what they do is lost. And what is without the table lock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain
from random import Random
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.commands.release_seats import ReleaseSeats
from apps.booking.models import Claim
from apps.booking.specs.examples import held, on_sale, released
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.eventlog import inline, rebuilding
from apps.eventlog.commands import Command, Rejected
from apps.eventlog.handling import handle
from apps.eventlog.inline import Row
from apps.eventlog.models import StoredEvent
from apps.eventlog.projections import catch_up_all
from apps.eventlog.twins import Twin
from apps.seatmap.models import Seat
from tests.history import tell
from tests.races import flights

BUYERS, REBUILDS = 6, 2
SEATS = [f"{row}{number}" for row in "AB" for number in range(1, 11)]


def test_nothing_is_lost_and_nothing_is_wrong_afterwards(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "NEAR", 5)  # so that much is filled before the switch
    tell(movie_added("m1"), auditorium_added("a1"), on_sale())
    with busy(buy, BUYERS), busy(follow):
        for _ in range(REBUILDS):
            put_right = [rows for name in rebuilding.names() for rows in rebuild(name)]
            assert put_right == [0] * len(put_right)
    assert StoredEvent.objects.count() > 100
    catch_up_all()
    assert [rows for name in rebuilding.names() for rows in rebuild(name)] == [0] * len(put_right)


def rebuild(name: str) -> list[int]:
    return [difference.rows for difference in rebuilding.rebuild(name).differences]


@contextmanager
def busy(work: Callable[[Random], None], threads: int = 1) -> Iterator[None]:
    """So many others do this over and over, until the block ends."""
    done, failures = threading.Event(), list[BaseException]()

    def run(chance: Random) -> None:
        try:
            while not done.is_set():
                work(chance)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    started = [threading.Thread(target=run, args=(Random(nth),)) for nth in range(threads)]
    for thread in started:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in started:
            thread.join()
    assert not failures, failures[0]


def buy(chance: Random) -> None:
    """Holds a seat, or finds it taken, and mostly lets it go."""
    seat, wish = chance.choice(SEATS), uuid4().hex
    try:
        send(HoldSeats("s1", wish, wish, (seat,), timedelta(minutes=10)))
    except Rejected:
        return
    if chance.random() < 0.9:
        send(ReleaseSeats("s1", wish, wish, (seat,), (seat,)))


def send(command: Command) -> None:
    handle(command, command_id=uuid4().hex, actor="visitor:ann")


def follow(chance: Random) -> None:
    catch_up_all()
    threading.Event().wait(0.02)


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "control: not locked"])
def test_who_buys_during_the_switch(
    database: str, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    """A7 is under suspicion; it is bought when all events have been read, but not yet compared."""
    tell(on_sale(), held("A7"), released("A7"))
    Seat.objects.update(state="damaged")
    buyer = threading.Thread(target=buys_a7)

    def buy_first(self: Twin, rows: dict[Row, Row | None]) -> None:
        buyer.start()
        buyer.join(timeout=0.5)
        assert buyer.is_alive() == locked
        change(self, rows)

    change = Twin.change
    monkeypatch.setattr(Twin, "change", buy_first)
    if not locked:
        monkeypatch.setattr(Twin, "lock", lambda twin: None)
    rebuilding.rebuild("seatmap_seat")
    buyer.join()
    assert Claim.objects.filter(seat="A7").exists()  # the log gave it to them
    assert Seat.objects.get().state == ("held" if locked else "available")


def buys_a7() -> None:
    tell(held("A7", by="bob", hold="h2"))
    connection.close()


def test_an_append_in_flight_writes_its_rows_on_top(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its position is lower than that of B1, and its rows wait for the lock."""
    tell(on_sale(), held("A7"), held("A8", hold="h2"))
    Seat.objects.update(state="damaged")
    statements = inline.statements
    with psycopg.connect(database) as slow:

        def append_after(mark: int) -> int:
            monkeypatch.setattr(inline, "statements", lambda decided: iter(()))
            flights.append(slow, LET_GO)
            monkeypatch.setattr(inline, "statements", statements)
            higher = flights.Meanwhile(lambda: tell(held("B1", by="bob", hold="h3")))
            assert higher.done(flights.SOON)
            return mark

        marks = chain([3], map(append_after, [3]))
        monkeypatch.setattr(rebuilding, "final_mark", lambda: next(marks))
        assert rebuild("seatmap_seat") == [2]
        assert seats() == [("A7", "held", 2), ("A8", "held", 3), ("B1", "held", 5)]
        for sql, parameters in statements([released("A7")]):
            slow.execute(sql.encode(), parameters)
    assert seats() == [("A7", "available", 4), ("A8", "held", 3), ("B1", "held", 5)]
    monkeypatch.undo()
    assert rebuild("booking_claim") + rebuild("seatmap_seat") == [0, 0]


LET_GO = ReleaseSeats("s1", "ann", "h1", ("A7",), ("A7",))


def seats() -> list[tuple[str, str, int]]:
    return list(Seat.objects.order_by("seat").values_list("seat", "state", "position"))
