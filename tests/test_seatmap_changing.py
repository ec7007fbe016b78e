"""Changing seats: what is new is held and the rest let go in one step, or neither."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from apps.booking.events import HoldPinned, SeatsHeld, SeatsReleased
from apps.booking.models import Claim
from apps.catalog.plans import parse
from apps.seatmap.models import Seat
from tests.answers import PAGE, PLAN, mine, others_hold, post, said, schedule
from tests.history import logged, tell

ROWS = [f"A{n}" for n in range(1, 7)] + ["B1", "B2"]
OTHER_ROWS = [f"B{n}" for n in range(3, 7)] + [f"C{n}" for n in range(1, 5)]


@pytest.fixture(autouse=True)
def on_sale(database: str) -> None:
    schedule("s1", timezone.now() + timedelta(hours=5))


def test_ticked_seats_come_and_those_no_longer_ticked_go(client: Client) -> None:
    post(client, "holds", "A1", "A2")
    response = post(client, "change-seats", "A2", "A3", had=["A1", "A2"])
    assert (response.status_code, mine(response)) == (200, ["A2", "A3"])
    assert 'id="seat-A1"' in response.content.decode()  # which is free again
    assert [type(event) for event in logged(SeatsHeld, SeatsReleased)][-2:] == [
        SeatsHeld,
        SeatsReleased,
    ]


def test_without_a_script_the_form_leads_back_to_the_page(client: Client) -> None:
    post(client, "holds", "A1")
    fields = {"seats": ["A4"], "had": ["A1"], "command": str(uuid4())}
    response = client.post(f"{PAGE}change-seats/", fields, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert mine(response) == ["A4"]
    assert '<input type="hidden" name="had" value="A4">' in response.content.decode()


def test_all_can_be_let_go(client: Client) -> None:
    post(client, "holds", "A1")
    assert mine(post(client, "change-seats", had=["A1"])) == []


def test_the_same_wish_again_changes_once(client: Client) -> None:
    post(client, "holds", "A1")
    command = str(uuid4())
    for _ in range(2):
        assert mine(post(client, "change-seats", "A2", had=["A1"], command=command)) == ["A2"]
    assert len(logged(SeatsHeld)) == 2
    assert len(logged(SeatsReleased)) == 1


def test_who_does_not_get_the_new_seat_keeps_the_old(client: Client) -> None:
    post(client, "holds", "A1")
    others_hold("A2")
    response = post(client, "change-seats", "A2", had=["A1"])
    assert (response.status_code, mine(response)) == (409, ["A1"])
    assert said(response)[0] == "A2 went to someone else a moment ago."
    kept = post(client, "change-seats", "D1", had=["A1"])
    assert (kept.status_code, mine(kept)) == (409, ["A1"])


def test_who_has_eight_changes_them_all(client: Client) -> None:
    post(client, "holds", *ROWS)
    until = Seat.objects.get(seat="A1").until
    response = post(client, "change-seats", *OTHER_ROWS, had=ROWS)
    assert (response.status_code, mine(response)) == (200, OTHER_ROWS)
    rows = Seat.objects.order_by("seat").values_list("seat", "state", "until")
    free, held = [(seat, "available", None) for seat in ROWS], "held"
    assert list(rows) == sorted([*free, *((seat, held, until) for seat in OTHER_ROWS)])
    assert [*Claim.objects.order_by("seat").values_list("seat", flat=True)] == OTHER_ROWS


def test_who_has_eight_and_does_not_get_the_new_seat_keeps_all(client: Client) -> None:
    post(client, "holds", *ROWS)
    others_hold("B3")
    response = post(client, "change-seats", *ROWS[1:], "B3", had=ROWS)
    assert (response.status_code, mine(response)) == (409, ROWS)
    kept = post(client, "change-seats", *ROWS[1:], "D1", had=ROWS)
    assert (kept.status_code, mine(kept)) == (409, ROWS)


def test_a_place_is_kept_while_the_seat_that_is_let_go_is_another(client: Client) -> None:
    post(client, "holds", "A1")
    others_hold(*({place.seat for place in parse(PLAN)} - {"A1", "D1", "D2"}))
    response = post(client, "change-seats", "D2", had=["A1"])
    assert (response.status_code, mine(response)) == (409, ["A1"])
    assert "D2 is kept for wheelchair users" in said(response)[0]
    assert mine(post(client, "change-seats", "A1", "D2", had=["A1"])) == ["A1", "D2"]


def test_who_has_a_space_may_change_what_is_beside_it(client: Client) -> None:
    post(client, "holds", "A1", "D1", needs="wheelchair")
    assert mine(post(client, "change-seats", "D1", "D2", had=["A1", "D1"])) == ["D1", "D2"]


def test_who_gives_the_space_away_may_not_take_what_was_beside_it(client: Client) -> None:
    post(client, "holds", "D1", needs="wheelchair")
    response = post(client, "change-seats", "D2", had=["D1"])
    assert (response.status_code, mine(response)) == (409, ["D1"])


def test_seats_that_came_in_another_window_stay(client: Client) -> None:
    post(client, "holds", "A1", "C1")
    assert mine(post(client, "change-seats", "A2", had=["A1"])) == ["A2", "C1"]


def test_nobody_lets_go_of_the_seats_of_others(client: Client) -> None:
    others_hold("A1")
    assert mine(post(client, "change-seats", "A2", had=["A1"])) == ["A2"]
    assert Seat.objects.get(seat="A1").state == "held"


def test_who_is_paying_changes_nothing(client: Client) -> None:
    post(client, "holds", "A1")
    row = Seat.objects.get(seat="A1")
    tell(HoldPinned("s1", row.hold or "", row.visitor or "", ("A1",), "p1"))
    assert post(client, "change-seats", "A2", had=["A1"]).status_code == 409
    assert "I ticked" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("had", [[], ["Z9"], [*ROWS, "B3"]])
def test_garbage_gets_a_sentence(client: Client, had: list[str]) -> None:
    response = post(client, "change-seats", had=had)
    assert response.status_code == 400
    assert said(response)
