"""Deciding without a look: when it is done, and that what was assumed wrongly changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone
from msgspec.structs import replace

from apps.booking.commands.change_seats import ChangeSeats
from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.events import SeatsHeld, SeatsReleased
from apps.booking.specs.examples import LASTS, held, on_sale, released
from apps.booking.tags import Seat
from apps.catalog.events import ScreeningScheduled
from apps.catalog.tags import Schedule
from apps.eventlog import assuming
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


def send(command: HoldSeats | ChangeSeats, command_id: str = "") -> int:
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


def test_only_a_look_rejects(known: str) -> None:
    """By a clock that is hours ahead the screening has begun."""
    off_by(hours=6)
    assert send(hold("A1")) > 0


def test_only_a_look_finds_nothing_to_do(known: str) -> None:
    """Nothing is known of the seat that is to be let go."""
    tell(held("A1"))
    assert send(ChangeSeats("s1", "ann", "h2", (), ("A1",), LASTS)) > 0
    assert len(logged(SeatsReleased)) == 1


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


@pytest.mark.parametrize("seconds", [-120, -3, 3, 120])
def test_the_time_is_held_to_the_databases(cost: Cost, seconds: int) -> None:
    off_by(seconds=seconds)
    assert cost(hold("A1")) == IN_VAIN
    assert end_of_last_hold() == pytest.approx(0, abs=2)


@pytest.mark.parametrize("seconds", [-0.3, 0.3])
def test_some_tenths_of_a_second_are_no_matter(cost: Cost, seconds: float) -> None:
    off_by(seconds=seconds)
    assert cost(hold("A1")) == ASSUMED


def test_control_the_time_of_a_process_is_minutes_off(known: str) -> None:
    crowd.whatever_the_time()
    off_by(minutes=-2)
    send(hold("A1"))
    assert end_of_last_hold() == pytest.approx(-120, abs=2)


def off_by(**time: float) -> None:
    """From now on this process takes the database's clock to be so far ahead."""
    assuming._memory._ahead += timedelta(**time).total_seconds()


def end_of_last_hold() -> float:
    """How many seconds later it ends than it should."""
    *_, last = logged(SeatsHeld)
    return (last.until - timezone.now() - LASTS).total_seconds()


@contextmanager
def made_anew(database: str) -> Iterator[None]:
    """The log's table is dropped and made again, as by a restore. Connections stay."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE other (LIKE eventlog_event INCLUDING ALL)")
        cursor.execute("ALTER TABLE eventlog_event RENAME TO gone")
        cursor.execute("ALTER TABLE other RENAME TO eventlog_event")
        cursor.execute("TRUNCATE booking_claim, seatmap_seat, eventlog_receipt")
    yield


@contextmanager
def copied(database: str) -> Iterator[None]:
    """Another database of the same server, still empty."""
    parts = psycopg.conninfo.conninfo_to_dict(database)
    with administrator(psycopg.conninfo.make_conninfo(database, dbname="postgres")) as server:
        name = f"{parts['dbname']}_copy"
        server.execute(f"CREATE DATABASE {name}".encode())
        use(name)
        call_command("migrate", verbosity=0)
        yield
        use(str(parts["dbname"]))
        server.execute(f"DROP DATABASE {name}".encode())


@pytest.mark.parametrize("another", [made_anew, copied])
@pytest.mark.parametrize("told", [True, False], ids=["by its name", "control: by nothing"])
def test_another_log_is_told_apart(
    known: str, told: bool, another: Callable[[str], AbstractContextManager[None]]
) -> None:
    """It may have as many events about a screening, and other ones."""
    with another(known):
        if not told:
            crowd.of_whatever_log()
        with connection.cursor() as cursor:
            cursor.execute(RESTORED, [msgspec.json.encode(without_row_a()).decode()])
        with pytest.raises(Rejected, match="no seat A1") if told else nullcontext():
            send(hold("A1"))


RESTORED = """
INSERT INTO eventlog_event (type, tags, data, metadata)
VALUES ('catalog.ScreeningScheduled2', '{screening:s1,schedule:s1}', %s, '{}')
"""


def without_row_a() -> ScreeningScheduled:
    return replace(in_five_hours(), plan=("B ##########",))


def forget() -> None:
    """Know as much as a process that has just begun."""
    assuming._memory = Memory("")


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
        memory.learn(boundary, View(NOON, "here", None, [screening]))
    assert len(memory._met) <= 10 + 2  # seat and visitor of the last
    assert len(memory._settled) <= 2


def one_that_knows() -> Memory:
    memory = Memory("here")
    memory.learn(hold("B10", by="first").boundary(), View(NOON, "here", None, [on_sale()]))
    return memory


def makes_an_assumption(memory: Memory, nth: int, *, came_true: bool) -> bool:
    """Whether it does, for the nth visitor, each of whom wants another seat."""
    view = memory.view(hold(f"A{nth}", by=f"v{nth}").boundary())
    if view is None:
        return False
    assert view == (view.now, "here", None, (on_sale(),), True)
    memory.count(came_true=came_true)
    return True


def test_the_clock_goes_on() -> None:
    memory = one_that_knows()
    view = memory.view(hold("A1").boundary())
    assert view
    assert NOON <= view.now < NOON + timedelta(minutes=1)
