"""Deciding without a look: when it is done, and that what was assumed wrongly changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from msgspec.structs import replace

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.events import SeatsHeld
from apps.booking.specs.examples import LASTS, held, on_sale, released
from apps.booking.tags import Seat
from apps.catalog.events import ScreeningScheduled
from apps.catalog.tags import Schedule
from apps.eventlog import assuming, epochs
from apps.eventlog.assuming import OF_THE_LAST, PROBES, Memory
from apps.eventlog.commands import Boundary, Command, History, Rejected
from apps.eventlog.events import Event
from apps.eventlog.handling import handle
from apps.eventlog.looking import View
from apps.eventlog.specifications import NOON
from tests.conftest import administrator, use
from tests.history import logged, tell
from tests.races import crowd
from tests.test_seatmap_cost import cost_of

LOOKED = {"Execute": 4, "Sync": 2}  # the look; the append and its two tables
ASSUMED = {"Execute": 3, "Sync": 1}
IN_VAIN = {"Execute": 7, "Sync": 3}
ELSEWHERE = held("A1", by="bob", hold="h9")

type Cost = Callable[[Command], dict[str, int]]


@pytest.fixture
def known(database: str) -> str:
    """A database with a screening that this process has looked at."""
    tell(in_five_hours())
    send(hold("B10", by="first"))
    return database


@pytest.fixture
def cost(known: str, tmp_path: Path) -> Cost:
    return lambda command: cost_of(command, tmp_path / "trace")


def in_five_hours() -> ScreeningScheduled:
    return on_sale(timezone.now() + timedelta(hours=5))


def hold(seat: str, by: str = "ann") -> HoldSeats:
    return HoldSeats("s1", by, f"h-{by}-{seat}", (seat,), LASTS)


def send(command: HoldSeats, command_id: str = "") -> int:
    return handle(command, command_id=command_id or uuid4().hex, actor=f"visitor:{command.visitor}")


def test_where_nothing_has_happened_yet_it_is_assumed(cost: Cost) -> None:
    assert cost(hold("A1")) == ASSUMED
    assert [event.seats for event in logged(SeatsHeld)] == [("B10",), ("A1",)]


def test_where_something_has_a_look_is_taken(cost: Cost) -> None:
    assert cost(hold("A1")) == ASSUMED
    assert cost(hold("A2")) == LOOKED  # the same visitor
    with pytest.raises(Rejected, match="someone else"):
        cost(hold("A1", by="cid"))  # the same seat


def test_a_screening_that_was_not_looked_at_is_not_assumed(cost: Cost) -> None:
    tell(replace(in_five_hours(), screening="s2"))
    assert cost(replace(hold("A1"), screening="s2")) == LOOKED


def test_what_others_did_meanwhile_is_seen(cost: Cost) -> None:
    tell(ELSEWHERE, released("A1", by="bob", hold="h9"))
    assert cost(hold("A1")) == IN_VAIN
    assert cost(hold("A2", by="cid")) == ASSUMED


def test_a_screening_that_changed_is_remembered_anew(cost: Cost) -> None:
    tell(in_five_hours())
    assert cost(hold("A1")) == IN_VAIN
    assert cost(hold("A2", by="cid")) == ASSUMED


def test_a_seat_that_is_gone_is_refused_with_the_reason(known: str) -> None:
    tell(ELSEWHERE)
    with pytest.raises(Rejected, match="A1 went to someone else"):
        send(hold("A1"))


def test_control_without_the_count_only_the_claims_would_refuse_it(known: str) -> None:
    crowd.without_the_count()
    tell(ELSEWHERE)
    with pytest.raises(IntegrityError, match="booking_claim"):
        send(hold("A1"))


def test_only_a_look_rejects(cost: Cost) -> None:
    with pytest.raises(Rejected, match="There is no seat Z1"):
        cost(hold("Z1"))


def test_only_a_look_fails(known: str) -> None:
    """A decision may not be made for a history in which what it looks for is not there yet."""
    tell(held("A1", by="bob", hold="h9"))
    assert handle(LetGo("s1", "A1"), command_id="let go", actor="test") > 0


class LetGo(Command, frozen=True):
    """Lets go of a seat for whoever has it; that somebody has it is taken for granted."""

    screening: str
    seat: str

    def boundary(self) -> Boundary:
        return (Schedule(self.screening), Seat(self.screening, self.seat))

    def decide(self, history: History, now: datetime) -> list[Event]:
        (last,) = [event for event in history if isinstance(event, SeatsHeld)]
        return [released(*last.seats, by=last.visitor, hold=last.hold, at=now)]


def test_a_repeat_is_answered_like_the_first(known: str) -> None:
    first = send(hold("A1"), "wish")
    forget()
    send(hold("B9", by="other"))
    assert send(hold("A1"), "wish") == first
    with pytest.raises(Rejected, match="sent before"):
        send(hold("A2"), "wish")


def test_the_time_is_held_to_the_databases(known: str) -> None:
    assert until_of_a_hold(minutes_off=-2) == pytest.approx(0, abs=5)


def test_control_the_time_of_a_process_is_minutes_off(known: str) -> None:
    crowd.whatever_the_time()
    assert until_of_a_hold(minutes_off=-2) == pytest.approx(-120, abs=5)


def until_of_a_hold(minutes_off: float) -> float:
    """How many seconds later a hold ends than it should, with this process' clock so far off."""
    for memory in assuming._memories.values():
        memory._ahead += 60 * minutes_off
    send(hold("A1"))
    *_, last = logged(SeatsHeld)
    return (last.until - timezone.now() - LASTS).total_seconds()


@pytest.mark.parametrize("told", [True, False], ids=["by its epoch", "control: by nothing"])
def test_another_history_is_told_apart(
    database: str, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restored database may have as many events about a screening, and other ones."""
    if not told:
        monkeypatch.setattr(epochs, "now", lambda: epochs.Now("the same", 0))
    with copied(database) as copy:
        tell(in_five_hours())
        send(hold("B10", by="first"))
        memories = [*assuming._memories.values()]  # as a connection would that is still open
        use(copy)
        tell(replace(in_five_hours(), plan=("B ##########",)))
        send(hold("B10", by="first"))
        with pytest.raises(Rejected, match="no seat A1") if told else granted():
            send(hold("A1"))
        assert memories


@contextmanager
def copied(database: str) -> Iterator[str]:
    """The name of a copy of the database, as a restore makes one."""
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    connection.close()
    with administrator(psycopg.conninfo.make_conninfo(database, dbname="postgres")) as server:
        server.execute(f"CREATE DATABASE {name}_copy TEMPLATE {name}".encode())
        yield f"{name}_copy"
        use(str(name))
        server.execute(f"DROP DATABASE {name}_copy".encode())


@contextmanager
def granted() -> Iterator[None]:
    """Nothing is raised in the block."""
    yield


def forget() -> None:
    """Know as much as a process that has just begun."""
    assuming._of.clear()


# Whether it is worth it


def test_where_it_fails_it_is_left_and_taken_up_again() -> None:
    memory = one_that_knows()
    late = [makes_an_assumption(memory, nth, came_true=False) for nth in range(1000)][100:]
    assert sum(late) == pytest.approx(len(late) / PROBES, abs=1)
    enough = range(1000, 1000 + 2 * PROBES * OF_THE_LAST)
    assert all([makes_an_assumption(memory, nth, came_true=True) for nth in enough][-100:])


def test_where_it_fails_now_and_then_it_is_kept() -> None:
    memory = one_that_knows()
    assert all(makes_an_assumption(memory, nth, came_true=nth % 8 > 0) for nth in range(1000))


def test_memory_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assuming, "MOST_MET", 10)
    monkeypatch.setattr(assuming, "MOST_SETTLED", 2)
    memory = one_that_knows()
    for nth in range(100):
        makes_an_assumption(memory, nth, came_true=True)
        screening = replace(on_sale(), screening=f"s{nth}")
        boundary = replace(hold("A1"), screening=f"s{nth}").boundary()
        memory.learn(boundary, View(NOON, None, [screening]), anew=False)
    assert len(memory._met) <= 10 + 2  # seat and visitor of the last
    assert len(memory._settled) <= 2


def one_that_knows() -> Memory:
    memory = Memory()
    memory.learn(hold("B10", by="first").boundary(), View(NOON, None, [on_sale()]), anew=False)
    return memory


def makes_an_assumption(memory: Memory, nth: int, *, came_true: bool) -> bool:
    """Whether it does, for the nth visitor, each of whom wants another seat."""
    view = memory.view(hold(f"A{nth}", by=f"v{nth}").boundary())
    if view is None:
        return False
    assert view == (view.now, None, [on_sale()], True)
    memory.assumed()
    if came_true:
        memory.proved()
    return True


def test_the_clock_goes_on() -> None:
    memory = one_that_knows()
    view = memory.view(hold("A1").boundary())
    assert view
    assert NOON <= view.now < NOON + timedelta(minutes=1)
