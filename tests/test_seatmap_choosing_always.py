"""Which seats are offered: what holds in every room, held to all choices that there are."""

from collections.abc import Collection
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.seatmap import together
from apps.seatmap.alone import left_alone, stretches
from apps.seatmap.choosing import best, reserved
from tests.drawn_rooms import Room, drawn

ROWS = st.lists(st.text("###xx.wc", min_size=1, max_size=6), min_size=1, max_size=3)
ROOMS = ROWS.filter(lambda rows: all(set(row) - {"."} for row in rows)).map(lambda r: drawn(*r))
COUNTS = st.integers(1, 4)


def free(room: Room) -> list[str]:
    return [place.seat for place in room.places if place.seat not in room.taken]


def seats(room: Room) -> list[str]:
    kinds = {place.seat: place.kind for place in room.places}
    return [seat for seat in free(room) if kinds[seat] == "seat"]


def worth(room: Room, wanted: Collection[str]) -> tuple[int, int]:
    """In how many parts, and how many seats are left alone: read from the drawing."""
    text = "/".join(room.with_chosen(wanted))
    for kind in "xwcWC./":
        text = text.replace(kind, " ")
    apart = text.replace("#", " ").split()
    single = [run for run in text.replace("o", " ").split() if len(run) == 1]
    before = [r for r in "/".join(room.lines).translate(WALLS).split() if len(r) == 1]
    still = [run for run in text.split() if run == "#"]
    assert len(still) <= len(before)
    return len(apart), len(single) - len(still)


WALLS = str.maketrans(dict.fromkeys("xwcWC./", " "))


def falls_short(room: Room, count: int) -> bool:
    """Whether some other choice of as many is in fewer parts, or as many and leaves fewer alone."""
    found = best(room.places, room.taken, count)
    return worth(room, found) != min(worth(room, each) for each in combinations(seats(room), count))


@settings(max_examples=200)
@given(ROOMS, COUNTS)
def test_no_choice_is_more_together_or_leaves_fewer_alone(room: Room, count: int) -> None:
    if len(seats(room)) >= count:
        assert not falls_short(room, count)


def test_the_oracle_sees_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    room = drawn("x###x", "##")
    assert not falls_short(room, 2)
    monkeypatch.setattr(together, "_ends_alone", lambda start, last: -start)
    assert falls_short(room, 2)


@given(ROOMS, COUNTS, st.sampled_from(["", "wheelchair"]))
def test_as_many_as_asked_and_never_a_taken_one(room: Room, count: int, needs: str) -> None:
    found = best(room.places, room.taken, count, needs)
    assert set(found) <= set(free(room))
    spaces = any(p.kind == "wheelchair" for p in room.places if p.seat in free(room))
    enough = len(free(room)) >= count and (not needs or spaces)
    assert len(set(found)) == len(found) == (count if enough else 0)
    if not needs:
        assert reserved(room.places, room.taken, found) == ()


@given(ROOMS, COUNTS, st.data())
def test_with_ours_too(room: Room, count: int, data: st.DataObject) -> None:
    mine = data.draw(st.sets(st.sampled_from(free(room)), max_size=3)) if free(room) else set()
    found = best(room.places, room.taken, count, "", mine)
    assert set(found) <= set(free(room)) - mine
    assert len(found) == (count if len(free(room)) - len(mine) >= count else 0)
    again = best(room.places, frozenset(sorted(room.taken | mine)), count, "", frozenset(mine))
    assert again == found


@given(ROOMS, COUNTS, st.randoms())
def test_the_same_room_gets_the_same_answer(room: Room, count: int, random: object) -> None:
    taken = list(room.taken)
    random.shuffle(taken)  # type: ignore[attr-defined]
    assert best(room.places, taken, count) == best(room.places, room.taken, count)


@given(ROOMS, COUNTS)
def test_what_is_offered_leaves_alone_what_left_alone_says(room: Room, count: int) -> None:
    found = best(room.places, room.taken, count)
    if found and set(found) <= set(seats(room)):
        assert len(left_alone(room.places, room.taken, found)) == worth(room, found)[1]
        runs = stretches(place for place in room.places if place.seat in found)
        assert len(runs) == worth(room, found)[0]
