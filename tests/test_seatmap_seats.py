"""How seats look, and the rows that say what became of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.booking.events import (
    HoldExpired,
    HoldPinned,
    HoldUnpinned,
    SeatsHeld,
    SeatsReleased,
    SeatsSold,
)
from apps.seatmap.models import Seat
from apps.seatmap.seats import Room, in_words
from tests.history import tell

UNTIL = datetime(2040, 1, 1, tzinfo=UTC)
ROOM = Room(("A ##.#", "", "B .###"), "€9.50")


def test_a_seat_is_a_checkbox_that_says_its_state_in_words() -> None:
    assert ROOM.fragment("B3", "available", 7) == (
        '<div class="seat" id="seat-B3" data-x="5" data-y="3" data-state="available"'
        ' data-position="7" data-tip="B3 · available · €9.50" data-hx-swap-oob="seat">'
        '<input type="checkbox" name="seats" value="B3"'
        ' aria-label="Row B, seat 3, available, €9.50">'
        '<b aria-hidden="true">3</b></div>'
    )


@pytest.mark.parametrize(("state", "words"), [("held", "held by someone else"), ("sold", "sold")])
def test_a_taken_seat_is_disabled(state: str, words: str) -> None:
    fragment = ROOM.fragment("B1", state, 3)
    assert f'aria-label="Row B, seat 1, {words}" disabled>' in fragment


@pytest.mark.parametrize(
    ("seat", "kind", "name"),
    [
        ("A1", "front", "Row A, seat 1, front row, available, €9.50"),
        ("B1", "wheelchair", "Row B, seat 1, wheelchair space, available, €9.50"),
        ("B2", "companion", "Row B, seat 2, companion seat, available, €9.50"),
    ],
)
def test_a_kind_is_a_shape_and_a_word(seat: str, kind: str, name: str) -> None:
    fragment = Room(("A #", "B wc#"), "€9.50").fragment(seat, "available", 0)
    assert f' data-kind="{kind}" ' in fragment
    assert f'aria-label="{name}"' in fragment


def test_a_page_without_a_script_shows_its_viewers_seats_as_theirs() -> None:
    html = ROOM.html({"B2": ("held", 4), "B3": ("held", 5)}, ours=["B2"])
    own = (
        'data-state="held" data-mine data-position="4" data-tip="B2 · yours"'
        ' data-hx-swap-oob="seat">'
        '<input type="checkbox" name="seats" value="B2" aria-label="Row B, seat 2, yours"'
        " checked>"
    )
    assert own in html
    assert html.count("data-mine") == 1
    assert ROOM.fragment("B3", "held", 5) in html


def test_a_room_groups_its_rows_and_names_them_on_both_sides() -> None:
    html = ROOM.html({"A2": ("sold", 9)})
    assert html.startswith('<div class="plan" data-cols="6" data-rows="3"><div class="silver"')
    assert html.count('role="group" aria-label="Row B"') == 1
    assert html.count('<span class="rowname" data-x="1" data-y="3" aria-hidden="true">B') == 1
    assert html.count('<span class="rowname" data-x="6" data-y="3" aria-hidden="true">B') == 1
    assert ROOM.fragment("A2", "sold", 9) in html
    assert ROOM.fragment("A1", "available", 0) in html
    assert html.count('class="seat"') == 6


def test_prices_are_escaped() -> None:
    assert "<i>" not in Room(("A #",), "<i>").html({})


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        (["F12"], "Row F, seat 12"),
        (["F12", "F11"], "Row F, seats 11 and 12"),
        (["F10", "F9", "F11", "G1"], "Row F, seats 9, 10 and 11; row G, seat 1"),
        (["AA1", "B1"], "Row B, seat 1; row AA, seat 1"),
    ],
)
def test_seats_in_words(seats: list[str], words: str) -> None:
    assert in_words(seats) == words


def rows() -> dict[str, tuple[Any, ...]]:
    kept = Seat.objects.values_list("seat", "state", "position", "hold", "visitor", "pinned")
    return {seat: tuple(rest) for seat, *rest in kept}


def hold(*seats: str, hold: str = "h1", by: str = "ann", earlier: tuple[str, ...] = ()) -> int:
    return tell(SeatsHeld("s1", hold, by, seats, earlier, UNTIL))


@pytest.mark.usefixtures("database")
def test_held_seats_have_rows() -> None:
    first = hold("A1", "A2")
    second = hold("A3", earlier=("A1", "A2"))
    mine = ("h1", "ann", False)
    assert rows() == {
        "A1": ("held", first, *mine),
        "A2": ("held", first, *mine),
        "A3": ("held", second, *mine),
    }
    assert Seat.objects.get(seat="A3").until == UNTIL


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "freed",
    [
        SeatsReleased("s1", "h1", "ann", ("A2",), ("A1",), UNTIL - timedelta(hours=1)),
        HoldExpired("s1", "h1", "ann", ("A2",)),
    ],
)
def test_a_freed_seat_keeps_the_position_and_nothing_else(freed: Any) -> None:
    first = hold("A1", "A2")
    position = tell(freed)
    assert rows() == {
        "A1": ("held", first, "h1", "ann", False),
        "A2": ("available", position, None, None, False),
    }
    assert Seat.objects.get(seat="A2").until is None
    again = hold("A2", hold="h2", by="bob")
    assert rows()["A2"] == ("held", again, "h2", "bob", False)


@pytest.mark.usefixtures("database")
def test_a_hold_frees_no_seat_of_another() -> None:
    position = hold("A1", hold="h2", by="bob")
    tell(HoldExpired("s1", "h1", "ann", ("A1",)))
    tell(SeatsSold("s1", "h1", "ann", ("A1",), "p1"))
    assert rows() == {"A1": ("held", position, "h2", "bob", False)}


@pytest.mark.usefixtures("database")
def test_pinning_changes_nothing_that_viewers_see() -> None:
    position = hold("A1")
    tell(HoldPinned("s1", "h1", "ann", ("A1",), "p1"))
    assert rows() == {"A1": ("held", position, "h1", "ann", True)}
    tell(HoldUnpinned("s1", "h1", "ann", ("A1",), "p1"))
    assert rows() == {"A1": ("held", position, "h1", "ann", False)}


@pytest.mark.usefixtures("database")
def test_sold_seats_say_so_from_that_position_on() -> None:
    hold("A1")
    tell(HoldPinned("s1", "h1", "ann", ("A1",), "p1"))
    position = tell(SeatsSold("s1", "h1", "ann", ("A1",), "p1"))
    assert rows() == {"A1": ("sold", position, "h1", "ann", False)}


@pytest.mark.usefixtures("database")
def test_events_of_one_append_have_positions_of_their_own() -> None:
    hold("A1", "A2")
    last = tell(
        HoldExpired("s1", "h1", "ann", ("A1", "A2")),
        SeatsHeld("s1", "h2", "bob", ("A2",), (), UNTIL),
    )
    assert rows() == {
        "A1": ("available", last - 1, None, None, False),
        "A2": ("held", last, "h2", "bob", False),
    }
