"""Seats that a choice leaves alone, and the choice beside it that does not."""

from hypothesis import given
from hypothesis import strategies as st

from apps.seatmap.alone import left_alone, moved_along, stretches
from tests.drawn_rooms import Room, drawn


def alone(*lines: str) -> tuple[str, ...]:
    room = drawn(*lines)
    return left_alone(room.places, room.taken, room.mine)


def better(*lines: str) -> tuple[str, ...]:
    """The drawing with `o` where ours would be instead."""
    room = drawn(*(line.replace("m", "#") for line in lines))
    ours = drawn(*lines).mine
    return room.with_chosen(moved_along(room.places, room.taken, ours))


def test_one_between_ours_and_a_wall_is_alone() -> None:
    assert alone("#mm##") == ("A1",)
    assert alone("##mm#x") == ("A5",)
    assert alone("##mm#.##") == ("A5",)
    assert alone("#m#m#") == ("A1", "A3", "A5")


def test_two_are_not() -> None:
    assert alone("##mm##") == ()
    assert alone("mm##") == ()


def test_who_was_alone_before_is_not_our_doing() -> None:
    assert alone("mm##x#x") == ()
    assert alone("x#x", "#mm") == ("B1",)


def test_kept_places_are_as_good_as_walls_and_never_alone() -> None:
    assert alone("#mwc") == ("A1",)
    assert alone("wmc#") == ()  # it was alone before
    assert alone("mm#wc") == ("A3",)


def test_one_step_along_is_suggested_where_it_helps() -> None:
    assert better("#mm##") == ("oo###",)
    assert better("##mm#x") == ("###oox",)
    assert better("x#mm###") == ("xoo####",)


def test_nothing_is_suggested_where_nothing_is_wrong_or_nothing_helps() -> None:
    assert better("##mm##") == ("######",)
    assert better("x#mmx") == ("x###x",)


def test_only_the_group_that_is_wrong_moves() -> None:
    assert better("mm######m#") == ("oo#####o##",)
    assert better("#mm##", "##m##") == ("oo###", "##o##")


def test_a_gap_between_friends_closes() -> None:
    assert better("m#m##") == ("oo###",)


ROWS = st.lists(st.text("##mmx.w", min_size=1, max_size=9), min_size=1, max_size=2)
ROOMS = ROWS.filter(lambda rows: all(set(row) - {"."} for row in rows)).map(lambda r: drawn(*r))


@given(ROOMS)
def test_a_suggestion_is_free_as_many_and_leaves_fewer_alone(room: Room) -> None:
    instead = moved_along(room.places, room.taken, room.mine)
    if not instead:
        return
    assert len(instead) == len(room.mine)
    assert room.taken.isdisjoint(instead)
    left = left_alone(room.places, room.taken, instead)
    assert len(left) < len(left_alone(room.places, room.taken, room.mine))
    rows = [place.row for place in room.places if place.seat in instead]
    assert rows == [place.row for place in room.places if place.seat in room.mine]


@given(ROOMS)
def test_a_single_group_is_helped_wherever_that_is_possible(room: Room) -> None:
    """Held to every place in its stretch."""
    free = [p for p in room.places if p.kind == "seat" and p.seat not in room.taken]
    for run in stretches(free):
        for size in range(1, len(run) + 1):
            windows = [{p.seat for p in run[n : n + size]} for n in range(len(run) - size + 1)]
            left = [len(left_alone(room.places, room.taken, window)) for window in windows]
            for window, now in zip(windows, left, strict=True):
                instead = moved_along(room.places, room.taken, window)
                assert bool(instead) == (min(left) < now)
                if instead:
                    assert len(left_alone(room.places, room.taken, instead)) == min(left)
