"""Places that are kept for some, and what is suggested beside the seats."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from apps.booking.events import HoldPinned
from apps.seatmap.models import Seat
from tests.answers import PAGE, mine, others_hold, post, said, schedule
from tests.history import tell
from tests.test_seatmap_cost import COST, spent


@pytest.fixture(autouse=True)
def on_sale(database: str) -> None:
    schedule("s1", timezone.now() + timedelta(hours=5))


def test_kept_places_are_not_held_by_hand_while_others_are_left(client: Client) -> None:
    response = post(client, "holds", "D1")
    assert (response.status_code, mine(response)) == (409, [])
    kept = "D1 is kept for wheelchair users and their companions while other seats are left."
    assert said(response) == [kept]
    assert response.context["problem"].kept == ("D1",)
    assert "D1, D2 are kept" in said(post(client, "holds", "D1", "D2"))[0]
    assert mine(post(client, "holds", "D1", needs="wheelchair")) == ["D1"]
    assert mine(post(client, "holds", "D2")) == [
        "D1",
        "D2",
    ]  # who has the space needs what is by it


def test_kept_places_are_for_all_when_nothing_else_is_left(client: Client) -> None:
    command = str(uuid4())
    for row in "ABC":
        others_hold(*(f"{row}{n}" for n in range(1, 7)))
    others_hold("D3", "D4", "D5")
    assert mine(post(client, "holds", "D2", "D6", command=command)) == ["D2", "D6"]
    assert mine(post(client, "holds", "D2", "D6", command=command)) == ["D2", "D6"]


def test_a_lost_seat_comes_with_a_neighbour(client: Client) -> None:
    post(client, "holds", "A1")
    others_hold("A2")
    response = post(client, "holds", "A2")
    assert said(response) == [
        "A2 went to someone else a moment ago.",
        "A3 right beside it is free.",
    ]
    assert response.context["problem"].suggestions == ("A3", "A4", "A5")
    post(client, "holds", "B1")
    others_hold("B3")
    assert said(post(client, "holds", "B3"))[1] == "B2 beside you is free."
    others_hold("C1", "C2", "C3", "C5")
    assert said(post(client, "holds", "C2"))[1] == "C4 is the nearest that is free."


def test_nothing_is_suggested_to_who_is_paying(client: Client) -> None:
    post(client, "holds", "A1")
    row = Seat.objects.get(seat="A1")
    tell(HoldPinned("s1", row.hold or "", row.visitor or "", ("A1",), "p1"))
    others_hold("A2")
    assert len(said(post(client, "holds", "A2"))) == 1


def test_a_seat_left_alone_is_a_gentle_hint(client: Client) -> None:
    response = post(client, "holds", "A2", "A3")
    assert response.status_code == 200
    sentence = "This leaves one seat alone in row A. Move one along?"
    assert said(response) == [sentence]
    assert response.context["hint"].instead == ("A1", "A2")
    assert said(client.get(PAGE)) == [sentence]
    assert said(post(client, "holds", "A1")) == []


def test_no_hint_where_there_is_no_better_way(client: Client) -> None:
    others_hold("A3", "A4", "A5", "A6")
    assert said(post(client, "holds", "A1")) == []


def test_only_a_hold_of_kept_places_looks_before(tmp_path: Path) -> None:
    sent = []
    for seats in (["A1", "A2"], ["D1"]):
        with spent(tmp_path / "trace") as counted:
            assert post(Client(), "holds", *seats, needs="").status_code in (200, 409)
        sent.append(counted["Execute"])
    assert sent == [COST["Execute"] + 2, 3]  # the second is refused before any command
