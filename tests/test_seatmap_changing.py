"""Changing seats in one form: what is new is held before the rest is let go."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from apps.booking.events import HoldPinned, SeatsHeld, SeatsReleased
from apps.seatmap.models import Seat
from tests.answers import PAGE, mine, others_hold, post, said, schedule
from tests.history import logged, tell

ROWS = [f"A{n}" for n in range(1, 7)] + ["B1", "B2"]


@pytest.fixture(autouse=True)
def on_sale(database: str) -> None:
    schedule("s1", timezone.now() + timedelta(hours=5))


def test_ticked_seats_come_and_those_no_longer_ticked_go(client: Client) -> None:
    post(client, "holds", "A1", "A2")
    response = post(client, "seats", "A2", "A3", had=["A1", "A2"])
    assert (response.status_code, mine(response)) == (200, ["A2", "A3"])
    assert 'id="seat-A1"' in response.content.decode()  # which is free again
    assert [type(event) for event in logged(SeatsHeld, SeatsReleased)][-2:] == [
        SeatsHeld,
        SeatsReleased,
    ]


def test_without_a_script_the_form_leads_back_to_the_page(client: Client) -> None:
    post(client, "holds", "A1")
    fields = {"seats": ["A4"], "had": ["A1"], "command": str(uuid4())}
    response = client.post(f"{PAGE}seats/", fields, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert mine(response) == ["A4"]
    assert '<input type="hidden" name="had" value="A4">' in response.content.decode()


def test_all_can_be_let_go(client: Client) -> None:
    post(client, "holds", "A1")
    assert mine(post(client, "seats", had=["A1"])) == []


def test_the_same_wish_again_changes_once(client: Client) -> None:
    post(client, "holds", "A1")
    command = str(uuid4())
    for _ in range(2):
        assert mine(post(client, "seats", "A2", had=["A1"], command=command)) == ["A2"]
    assert len(logged(SeatsHeld)) == 2
    assert len(logged(SeatsReleased)) == 1


def test_who_does_not_get_the_new_seat_keeps_the_old(client: Client) -> None:
    post(client, "holds", "A1")
    others_hold("A2")
    response = post(client, "seats", "A2", had=["A1"])
    assert (response.status_code, mine(response)) == (409, ["A1"])
    assert said(response)[0] == "A2 went to someone else a moment ago."
    kept = post(client, "seats", "D1", had=["A1"])
    assert (kept.status_code, mine(kept)) == (409, ["A1"])


def test_who_has_eight_lets_go_first(client: Client) -> None:
    post(client, "holds", *ROWS)
    response = post(client, "seats", *ROWS[1:], "B3", had=ROWS)
    assert (response.status_code, mine(response)) == (200, [*ROWS[1:], "B3"])


def test_seats_that_came_in_another_window_stay(client: Client) -> None:
    post(client, "holds", "A1", "C1")
    assert mine(post(client, "seats", "A2", had=["A1"])) == ["A2", "C1"]


def test_nobody_lets_go_of_the_seats_of_others(client: Client) -> None:
    others_hold("A1")
    assert mine(post(client, "seats", "A2", had=["A1"])) == ["A2"]
    assert Seat.objects.get(seat="A1").state == "held"


def test_who_is_paying_changes_nothing(client: Client) -> None:
    post(client, "holds", "A1")
    row = Seat.objects.get(seat="A1")
    tell(HoldPinned("s1", row.hold or "", row.visitor or "", ("A1",), "p1"))
    assert post(client, "seats", "A2", had=["A1"]).status_code == 409
    assert "I ticked" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("had", [[], ["Z9"], [*ROWS, "B3"]])
def test_garbage_gets_a_sentence(client: Client, had: list[str]) -> None:
    response = post(client, "seats", had=had)
    assert response.status_code == 400
    assert said(response)
