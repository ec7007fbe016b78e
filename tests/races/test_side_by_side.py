"""Who waits for an append in flight: who decides by what it writes, and readers. Nobody else."""

import time
from collections.abc import Callable
from uuid import uuid4

import psycopg

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.specs.examples import LASTS, on_sale
from apps.eventlog.commands import Command, Rejected
from apps.eventlog.handling import handle
from apps.eventlog.reading import Reader
from tests.history import tell
from tests.races import crowd
from tests.races.flights import NOT_YET, SOON, Meanwhile, in_flight
from tests.races.notes import Noted, Struck, Topic, command

OPEN_FOR = 2.0  # seconds
OTHERS = [f"B{number}" for number in range(1, 11)]


def hold(seat: str, visitor: str) -> Command:
    return HoldSeats("s1", visitor, f"h-{visitor}", (seat,), LASTS)


def sending(command: Command) -> Callable[[], int]:
    return lambda: handle(command, command_id=uuid4().hex, actor="test")


def test_disjoint_seats_of_one_screening_do_not_wait(database: str) -> None:
    tell(on_sale())
    with in_flight(database, hold("A1", "ann")):
        bob = Meanwhile(sending(hold("A2", "bob")))
        assert bob.done(SOON)
        assert bob.answer == 3


def test_control_with_every_lock_exclusive_they_wait(database: str) -> None:
    tell(on_sale())
    crowd.with_every_lock_exclusive()
    with in_flight(database, hold("A1", "ann")):
        bob = Meanwhile(sending(hold("A2", "bob")))
        assert not bob.done(NOT_YET)
    assert bob.done(SOON)


def test_the_same_seat_waits_for_the_outcome(database: str) -> None:
    tell(on_sale())
    with in_flight(database, hold("A1", "ann")):
        bob = Meanwhile(sending(hold("A1", "bob")))
        assert not bob.done(NOT_YET)
    assert bob.done(SOON)
    assert isinstance(bob.answer, Rejected)


def test_the_same_seat_is_free_after_a_rollback(database: str) -> None:
    tell(on_sale())
    with in_flight(database, hold("A1", "ann")) as append:
        bob = Meanwhile(sending(hold("A1", "bob")))
        assert not bob.done(NOT_YET)
        append.rollback()
        assert bob.done(SOON)
    assert bob.answer == 3


NOTE = command([], lambda history: [Noted(("t",))])
STRIKE = command([Topic("t")], lambda history: [Struck(("t",))])


def test_who_decides_by_a_tag_waits_for_its_writer(database: str) -> None:
    with in_flight(database, NOTE):
        decider = Meanwhile(sending(STRIKE))
        assert not decider.done(NOT_YET)
    assert decider.done(SOON)


def test_control_without_locks_nobody_waits(database: str) -> None:
    crowd.without_locks()
    with in_flight(database, NOTE):
        assert Meanwhile(sending(STRIKE)).done(SOON)


def test_an_append_open_for_seconds_delays_readers_alone(database: str) -> None:
    tell(on_sale())
    with in_flight(database, hold("A1", "ann")):
        same = Meanwhile(sending(hold("A1", "bob")))
        reader = Meanwhile(lambda: read_to(2 + len(OTHERS)))
        began = time.monotonic()
        for nth, seat in enumerate(OTHERS):
            writer = Meanwhile(sending(hold(seat, f"v{nth}")))
            assert writer.done(SOON)
            time.sleep(OPEN_FOR / 40)
        assert not reader.done(max(0, OPEN_FOR - (time.monotonic() - began)))
        assert not same.done(0)
    assert same.done(SOON)
    assert reader.done(SOON)
    assert reader.took >= OPEN_FOR
    assert reader.answer == list(range(1, 3 + len(OTHERS)))


def read_to(last: int) -> list[int]:
    reader, read = Reader(0, []), list[int]()
    while not read or read[-1] < last:
        read += [position for position, _ in reader.read()]
    return read


def test_control_a_reader_that_takes_the_barrier_stalls_every_writer(database: str) -> None:
    tell(on_sale())
    with in_flight(database, hold("A1", "ann")), psycopg.connect(database) as reader:
        fence = Meanwhile(lambda: reader.execute("SELECT pg_advisory_xact_lock(1, 1)"))
        assert not fence.done(NOT_YET)
        writer = Meanwhile(sending(hold("B1", "bob")))
        assert not writer.done(NOT_YET)
        reader.cancel()
        assert fence.done(SOON)
        assert writer.done(SOON)
