"""Which seats are offered: specifications as drawn rooms."""

from collections.abc import Iterable

import pytest

from apps.catalog.plans import Place
from apps.seatmap import choosing, together
from apps.seatmap.alone import Stretch
from apps.seatmap.choosing import beside, best, neighbours, reserved
from tests.drawn_rooms import drawn


def offered(*lines: str, count: int, needs: str = "") -> tuple[str, ...]:
    room = drawn(*lines)
    return room.with_chosen(best(room.places, room.taken, count, needs, room.mine))


# In the middle, two thirds back


@pytest.mark.parametrize(
    ("count", "row"),
    [(1, "####o####"), (2, "###oo####"), (3, "###ooo###"), (7, "ooooooo##")],
)
def test_an_empty_house_is_filled_from_the_middle(count: int, row: str) -> None:
    every = "#########"
    assert offered(every, every, every, every, count=count) == (every, every, row, every)


def test_the_middle_is_that_of_the_screen_not_of_the_row() -> None:
    assert offered("##########", "....######", "##########", count=2) == (
        "##########",
        "....oo####",
        "##########",
    )


def test_gangways_count_as_depth() -> None:
    assert offered("######", "######", "######", count=2)[1] == "##oo##"
    assert offered("######", "######", "", "", "######", count=2)[4] == "##oo##"


# Together


def test_a_party_sits_in_one_row_wherever_that_leads() -> None:
    assert offered("####", "##x#", "#x##", count=4) == ("oooo", "##x#", "#x##")


def nearly(places: Iterable[Place]) -> list[Stretch]:
    """Stretches for those who do not see an aisle."""
    found: dict[int, Stretch] = {}
    for place in places:
        found.setdefault(place.y, []).append(place)
    return list(found.values())


def test_an_aisle_parts_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    room = "####", "##.##", "##.##"
    assert offered(*room, count=4) == ("oooo", "##.##", "##.##")
    monkeypatch.setattr(together, "stretches", nearly)
    assert offered(*room, count=4) == ("####", "oo.oo", "##.##")


def test_who_must_split_does_so_once_and_stays_near(monkeypatch: pytest.MonkeyPatch) -> None:
    room = "##xxxxxx##", "xxxxxxxxxx", "##xx##xxxx", "##xxxxxxxx"
    assert offered(*room, count=4) == ("##xxxxxx##", "xxxxxxxxxx", "ooxx##xxxx", "ooxxxxxxxx")
    monkeypatch.setattr(together, "CLOSENESS", 0)
    assert offered(*room, count=4) == ("##xxxxxx##", "xxxxxxxxxx", "ooxxooxxxx", "##xxxxxxxx")


def test_few_parts_come_before_near_ones() -> None:
    assert offered("#x#x#x#", "xxxxxxx", "xxxxx##", count=3) == ("#x#x#xo", "xxxxxxx", "xxxxxoo")


def test_too_few_seats_are_none() -> None:
    assert offered("#x#", count=3) == ("#x#",)
    assert offered("xxx", count=1) == ("xxx",)


# No single seat is left


def test_no_single_seat_is_left_where_there_is_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    room = "xx####x", "xxxxxxx", "xx###xx", "xxxxxxx"
    assert offered(*room, count=2) == ("xxoo##x", "xxxxxxx", "xx###xx", "xxxxxxx")
    monkeypatch.setattr(together, "_ends_alone", lambda start, last: 0)
    assert offered(*room, count=2) == ("xx####x", "xxxxxxx", "xxoo#xx", "xxxxxxx")


def test_the_end_of_a_block_counts_and_so_does_an_aisle() -> None:
    assert offered("#####.####", count=4) == ("#####.oooo",)
    assert offered("xxx", "###", "####", "xxx", count=2) == ("xxx", "###", "oo##", "xxx")


def test_one_is_left_where_there_is_no_other_way() -> None:
    assert offered("x###x", count=2) == ("xoo#x",)


def test_to_be_together_comes_first() -> None:
    assert offered("###", "##", count=2) == ("###", "oo")
    assert offered("###", "#x#", count=2) == ("oo#", "#x#")


# Places that are kept


def test_spaces_and_companions_seats_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    room = "####", "wccw"
    assert offered(*room, count=2) == ("oo##", "wccw")
    monkeypatch.setattr(choosing, "RANK", {"companion": 0, "seat": 1, "wheelchair": 2})
    assert offered(*room, count=2) == ("####", "woow")


def test_until_nothing_else_is_left_and_spaces_last() -> None:
    assert offered("xx#x", "wccw", count=1) == ("xxox", "wccw")
    assert offered("xx#x", "wccw", count=2) == ("xxox", "wcow")
    assert offered("xxxx", "wccw", count=2) == ("xxxx", "woow")
    assert offered("xxxx", "wccw", count=3) == ("xxxx", "ooow")


def test_a_space_comes_with_its_companions() -> None:
    assert offered("#####", "wc###", needs="wheelchair", count=1) == ("#####", "oc###")
    assert offered("#####", "wc###", needs="wheelchair", count=2) == ("#####", "oo###")
    assert offered("#####", "wc.##", needs="wheelchair", count=4) == ("oo###", "oo.##")


def test_a_space_whose_companions_seat_is_free_is_better() -> None:
    assert offered("wC#######", "cw#######", needs="wheelchair", count=2)[1] == "oo#######"


def test_what_belongs_to_another_space_stays_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert offered("####", "wccw", needs="wheelchair", count=3) == ("o###", "oocw")
    monkeypatch.setattr(choosing, "_off", lambda place, others: 0)
    assert offered("####", "wccw", needs="wheelchair", count=3) == ("####", "ooow")


def test_without_a_space_there_is_none() -> None:
    assert offered("####", "WccW", needs="wheelchair", count=1) == ("####", "WccW")


# With seats of our own


def test_more_seats_join_ours() -> None:
    assert offered("#########", "#m#######", count=2) == ("#########", "#moo#####")
    assert offered("#########", "##m######", count=1) == ("#########", "##mo#####")


def test_where_ours_are_walled_in_the_others_sit_together_nearby() -> None:
    assert offered("########", "#xm#x###", "########", count=2) == (
        "##oo####",
        "#xm#x###",
        "########",
    )


def test_who_has_a_space_gets_companions_seats() -> None:
    assert offered("####", "mc##", count=1) == ("o###", "mc##")
    room = drawn("####", "wc##")  # and B1 is ours
    assert best(room.places, (), 1, mine={"B1"}) == ("B2",)
    assert best(room.places, (), 2, "wheelchair", mine={"B1"}) == ("B2", "B3")


def test_who_holds_a_seat_and_needs_a_space_gets_the_nearest() -> None:
    assert offered("w######w", "#######m", needs="wheelchair", count=1)[0] == "w######o"


# Which are kept, and which are near


@pytest.mark.parametrize(
    ("lines", "wanted", "kept"),
    [
        (("##", "wc"), {"B1", "B2", "A1"}, ("B1", "B2")),
        (("#x", "wc"), {"A1", "B2"}, ()),
        (("#x", "wc"), {"A1", "B1"}, ("B1",)),
        (("xx", "wc"), {"B1", "B2"}, ()),
        (("xx", "wC"), {"B1"}, ()),
        (("##", "wc"), {"A1", "A2"}, ()),
    ],
)
def test_what_is_kept_for_those_who_need_it(
    lines: tuple[str, ...], wanted: set[str], kept: tuple[str, ...]
) -> None:
    room = drawn(*lines)
    assert reserved(room.places, room.taken, wanted) == kept


def test_neighbours_are_of_the_same_row_first_and_like_the_lost_one() -> None:
    room = drawn("####", "x#x#", "wc##")
    assert neighbours(room.places, room.taken, {"B1"}, count=4) == ("B2", "B4", "A1", "A2")
    assert neighbours(room.places, room.taken, {"C2"}) == ()
    assert neighbours(room.places, room.taken, {"B3", "B1"}, count=1) == ("B2",)


def test_beside_is_next_to_without_an_aisle() -> None:
    room = drawn("##.#")
    assert beside(room.places, "A2", {"A1"})
    assert not beside(room.places, "A3", {"A2"})
    assert not beside(room.places, "A3", {"A1"})
