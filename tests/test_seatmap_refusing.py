"""What cannot be meant, and what is somebody else's: the map refuses it in a sentence."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from apps.booking.events import HoldExpired, SeatsHeld, SeatsSold
from apps.eventlog.models import StoredEvent
from apps.seatmap.models import Seat
from tests.answers import LATER, PAGE, mine, others_hold, post, said, schedule
from tests.history import tell

pytestmark = pytest.mark.usefixtures("nothing_in_the_error_log")

NO_SUCH_SEAT = "There is no such seat in this room."
TOO_MANY = "Eight seats is the most in one go. Ring us for a bigger party."
UNCLEAR = "We did not understand that. Reload the page and try again, please."
GARBAGE = ["Z99", "A0", "a1", "", "A1/B2", "A\x00", "A٣", "💺", "A" * 5000, "<script>", "A1'--"]


@pytest.fixture(autouse=True)
def on_sale(database: str) -> None:
    schedule("s1", timezone.now() + timedelta(hours=5))


@pytest.mark.parametrize("verb", ["holds", "releases"])
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        *(({"seats": [seat]}, NO_SUCH_SEAT) for seat in GARBAGE),
        ({"seats": ["A1", "Z99"]}, NO_SUCH_SEAT),
        ({"seats": []}, "Pick a seat first, please."),
        ({"seats": [f"A{number}" for number in range(1, 10)]}, TOO_MANY),
        *(({"command": text}, UNCLEAR) for text in ["", "1", "\x00", "g" * 36, "💺" * 36]),
    ],
)
def test_garbage_gets_a_sentence(
    client: Client, verb: str, fields: dict[str, Any], sentence: str
) -> None:
    before = StoredEvent.objects.count()
    sent = {"seats": ["A1"], "command": str(uuid4()), **fields}
    for headers in ({"HX-Request": "true"}, {}):
        response = client.post(f"{PAGE}{verb}/", sent, headers=headers)
        assert (response.status_code, said(response)) == (400, [sentence])
    assert StoredEvent.objects.count() == before


@pytest.mark.parametrize("screening", ["unknown", "5c" * 15, "5c" * 500, "A1", "-"])
def test_an_unknown_screening_is_not_found(client: Client, screening: str) -> None:
    before = StoredEvent.objects.count()
    address = f"/screenings/{screening}/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}mine/").status_code == 404
    assert post(client, "holds", "A1", page=address).status_code == 404
    assert post(client, "releases", "A1", page=address).status_code == 404
    assert StoredEvent.objects.count() == before


def test_the_seats_of_others_stay_theirs(client: Client) -> None:
    others_hold("A1", by="ann")
    tell(SeatsHeld("s1", "h2", "bob", ("A2",), (), LATER))
    tell(SeatsSold("s1", "h2", "bob", ("A2",), "p1"))
    post(client, "holds", "A3")
    before = StoredEvent.objects.count()
    for seats in (["A1"], ["A2"], ["A3", "A1"]):
        response = post(client, "releases", *seats)
        assert response.status_code == 403
        assert said(response)[0].startswith("Not yours to let go: Row A, seat")
    assert StoredEvent.objects.count() == before


def test_nine_seats_one_by_one_are_too_many(client: Client) -> None:
    post(client, "holds", *(f"{row}{number}" for row in "AB" for number in range(1, 5)))
    response = post(client, "holds", "A5")
    assert (response.status_code, said(response)) == (409, [TOO_MANY])


@pytest.mark.parametrize("verb", ["holds", "releases"])
def test_looking_changes_nothing(client: Client, verb: str) -> None:
    assert client.get(f"{PAGE}{verb}/").status_code == 405
    assert client.post(PAGE).status_code == 405


def test_a_cookie_of_somebody_who_made_it_up_is_nobody(client: Client) -> None:
    post(client, "holds", "A1")
    forged = Client()
    forged.cookies["visitor"] = Seat.objects.get(seat="A1").visitor or ""
    assert mine(forged.get(f"{PAGE}mine/")) == []
    assert post(forged, "releases", "A1").status_code == 403


def test_the_answer_names_nobody(client: Client) -> None:
    tell(SeatsHeld("s1", "hold-of-ann", "ann-the-visitor", ("A1",), (), LATER))
    tell(HoldExpired("s1", "hold-of-ann", "ann-the-visitor", ("A1",)))
    tell(SeatsHeld("s1", "hold-of-ann-2", "ann-the-visitor", ("A2",), (), LATER))
    for response in (client.get(PAGE), post(client, "holds", "A2")):
        assert "ann" not in response.content.decode().lower().replace("cannot", "")
