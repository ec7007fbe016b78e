"""32 buyers for one seat: exactly one gets it, each time. And what happens without the guards."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.events import SeatsHeld
from apps.booking.models import Claim
from apps.booking.specs.examples import on_sale
from apps.eventlog import assuming
from apps.eventlog.assuming import Memory
from apps.eventlog.looking import look
from tests.history import logged, tell
from tests.races import crowd
from tests.races.conftest import EMBEDDED

BUYERS, ROUNDS, CONTROL_ROUNDS = 32, 200, 20
SEATS = [f"{row}{number}" for row in "AB" for number in range(1, 11)]


def test_exactly_one_buyer_wins(database: str, version: str) -> None:
    rounds = ROUNDS if version == EMBEDDED else 40
    answers = crowd.all_at_once(buyers_for_one_seat(rounds))
    assert [answer.count(True) for answer in answers] == [1] * rounds
    assert set(holders().values()) == {1}
    assert Claim.objects.count() == rounds
    losers = {answer for answered in answers for answer in answered} - {True}
    assert losers == {f"{seat} went to someone else a moment ago." for seat in SEATS}


@pytest.mark.parametrize("take_away", [crowd.without_locks, crowd.without_the_count])
def test_without_the_first_guard_the_claims_still_hold(
    database: str, take_away: Callable[[], None]
) -> None:
    take_away()
    answers = crowd.all_at_once(buyers_for_one_seat(CONTROL_ROUNDS))
    assert set(holders().values()) == {1}
    # Control: someone got past the first guard, and was stopped by the second.
    assert any(False in answer for answer in answers)


@pytest.mark.parametrize("take_away", [crowd.without_locks, crowd.without_the_count])
def test_control_without_both_guards_seats_are_held_twice(
    database: str, take_away: Callable[[], None]
) -> None:
    take_away()
    with crowd.without_claims():
        crowd.all_at_once(buyers_for_one_seat(CONTROL_ROUNDS))
    assert max(holders().values()) > 1


def test_buyers_of_processes_that_do_not_look(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each thinks that nobody has come yet, and knows nothing of what the others did."""
    guesses = Counter[bool]()
    monkeypatch.setattr(Memory, "count", lambda _, came_true: guesses.update([came_true]))
    monkeypatch.setattr(assuming, "_memory", OfEachThread(look(()).log))
    answers = crowd.all_at_once(buyers_for_one_seat(CONTROL_ROUNDS))
    assert [answer.count(True) for answer in answers] == [1] * CONTROL_ROUNDS
    assert set(holders().values()) == {1}
    # All guess but those who had not seen the screening before; one in a round is right.
    assert guesses[False] > BUYERS * CONTROL_ROUNDS / 2
    assert 0 < guesses[True] <= CONTROL_ROUNDS


class OfEachThread(threading.local, Memory):
    """A memory that is another in each thread, as it is in each process."""


def test_without_claims_the_first_guard_holds(database: str) -> None:
    with crowd.without_claims():
        answers = crowd.all_at_once(buyers_for_one_seat(CONTROL_ROUNDS))
    assert [answer.count(True) for answer in answers] == [1] * CONTROL_ROUNDS
    assert set(holders().values()) == {1}


def buyers_for_one_seat(rounds: int) -> list[list[crowd.Wish]]:
    """Each round another seat, of as many screenings as that takes; nobody buys twice."""
    screenings = [f"s{nth}" for nth in range(-(-rounds // len(SEATS)))]
    tell(*(msgspec.structs.replace(on_sale(), screening=each) for each in screenings))
    seats = [(screening, seat) for screening in screenings for seat in SEATS][:rounds]
    return [[hold(*seat, f"{seat[1]}-{nth}") for nth in range(BUYERS)] for seat in seats]


def hold(screening: str, seat: str, buyer: str) -> crowd.Wish:
    wish = f"{screening}-{seat}-{buyer}"
    command = HoldSeats(screening, buyer, wish, (seat,), timedelta(minutes=10))
    return command, wish, f"visitor:{buyer}"


def holders() -> Counter[tuple[str, str]]:
    """How often each seat was held, by the log; nobody lets go here."""
    held = [event for event in logged(SeatsHeld) if isinstance(event, SeatsHeld)]
    return Counter((event.screening, seat) for event in held for seat in event.seats)
