"""Two visitors change all their seats for the same one: one gets it, the other keeps them all."""

from collections import Counter
from datetime import timedelta

import msgspec

from apps.booking.commands.change_seats import ChangeSeats
from apps.booking.events import SeatsHeld
from apps.booking.models import Claim
from apps.booking.specs.examples import held, on_sale
from tests.history import logged, tell
from tests.races import crowd

ROUNDS, LASTS = 20, timedelta(minutes=10)
WANTED = "A9"
HAD = {who: tuple(f"{row}{n}" for n in range(1, 9)) for who, row in (("ann", "A"), ("bob", "B"))}
OUTCOMES = [{"ann": {WANTED}, "bob": {*HAD["bob"]}}, {"ann": {*HAD["ann"]}, "bob": {WANTED}}]


def test_one_gets_the_seat_and_the_other_keeps_all(database: str) -> None:
    answers = crowd.all_at_once(both_change())
    refusal = f"{WANTED} went to someone else a moment ago."
    assert all(set(answered) == {True, refusal} for answered in answers)
    assert all(seats_in(nth) in OUTCOMES for nth in range(ROUNDS))


def test_without_the_first_guard_the_other_keeps_all(database: str) -> None:
    crowd.without_locks()
    answers = crowd.all_at_once(both_change())
    assert all(seats_in(nth) in OUTCOMES for nth in range(ROUNDS))
    # Control: someone got past the first guard, and was stopped by the second.
    assert any(False in answered for answered in answers)


def test_control_without_both_guards_both_get_the_seat(database: str) -> None:
    crowd.without_locks()
    with crowd.without_claims():
        crowd.all_at_once(both_change())
    times = Counter(event.screening for event in logged(SeatsHeld) if WANTED in event.seats)
    assert max(times.values()) == 2


def both_change() -> list[list[crowd.Wish]]:
    """Each round at another screening, where both hold eight seats."""
    screenings = [f"s{nth}" for nth in range(ROUNDS)]
    for each in screenings:
        facts = on_sale(), *(held(*HAD[who], by=who, hold=f"{each} {who}") for who in HAD)
        tell(*(msgspec.structs.replace(fact, screening=each) for fact in facts))
    return [[change(each, who) for who in HAD] for each in screenings]


def change(screening: str, visitor: str) -> crowd.Wish:
    seats = HAD[visitor]
    return crowd.wish(ChangeSeats(screening, visitor, "new", (WANTED,), seats, LASTS))


def seats_in(nth: int) -> dict[str, set[str]]:
    """What each has in the end."""
    claims = Claim.objects.filter(screening=f"s{nth}").values_list("hold", "seat")
    return {who: {seat for hold, seat in claims if hold == f"s{nth} {who}"} for who in HAD}
