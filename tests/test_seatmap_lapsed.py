"""Seats whose time ran out are offered once more to who comes back, with a script or without."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from apps.booking.events import HoldExpired, SeatsSold
from apps.eventlog.handling import Busy
from apps.seatmap import wishes
from apps.seatmap.models import Seat
from tests.answers import PAGE, mine, others_hold, post, said, schedule
from tests.history import tell

FREE = "Your hold ran out, so the seat is free again. Pick it once more?"
ALL_FREE = "Your hold ran out, so the seats are free again. Pick them once more?"
TAKEN = "Your hold ran out, and somebody else has the seat now."
ALL_TAKEN = "Your hold ran out, and somebody else has the seats now."


@pytest.fixture(autouse=True)
def on_sale(database: str) -> None:
    schedule("s1", timezone.now() + timedelta(hours=5))


def hold_and_let_lapse(client: Client, *seats: str, **fields: str) -> None:
    post(client, "holds", *seats, **fields)
    Seat.objects.update(until=timezone.now() - timedelta(seconds=1))


def note_the_end() -> None:
    rows = list(Seat.objects.order_by("seat"))
    seats = tuple(row.seat for row in rows)
    tell(HoldExpired("s1", rows[0].hold or "", rows[0].visitor or "", seats))


def offered(client: Client) -> list[str]:
    """What page and fragment say, which is the same."""
    page, fragment = client.get(PAGE), client.get(f"{PAGE}mine/")
    assert said(page) == said(fragment)
    return said(page)


def test_the_same_seats_are_offered(client: Client) -> None:
    hold_and_let_lapse(client, "A2", "A1")
    assert offered(client) == [ALL_FREE]
    page = client.get(PAGE).content.decode()
    assert '<input type="hidden" form="hold-these" name="seats" value="A1">' in page
    assert "Take A1, A2 again" in page
    assert said(Client().get(PAGE)) == []


def test_also_once_somebody_has_noted_the_end(client: Client) -> None:
    hold_and_let_lapse(client, "A1")
    note_the_end()
    assert offered(client) == [FREE]


def test_those_that_are_kept_are_asked_for_as_before(client: Client) -> None:
    hold_and_let_lapse(client, "D1", needs="wheelchair")
    assert 'form="hold-needed" name="seats" value="D1"' in client.get(PAGE).content.decode()


def test_what_others_took_is_named_and_the_rest_offered(client: Client) -> None:
    hold_and_let_lapse(client, "A1", "A2")
    note_the_end()
    others_hold("A2")
    assert offered(client) == ["Your hold ran out, and A2 went to someone else."]
    assert "Take A1 again" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("seats", "sentence"), [(("A1",), TAKEN), (("A1", "A2"), ALL_TAKEN)], ids=["one", "two"]
)
def test_when_all_went_to_others_it_is_said_once(
    client: Client, seats: tuple[str, ...], sentence: str
) -> None:
    hold_and_let_lapse(client, *seats)
    note_the_end()
    others_hold(*seats)
    assert said(client.get(PAGE)) == [sentence]
    assert said(client.get(PAGE)) == []


def test_seats_that_were_let_go_are_not_offered(client: Client) -> None:
    for headers in ({"HX-Request": "true"}, {}):
        post(client, "holds", "A1")
        fields = {"seats": ["A1"], "command": str(uuid4())}
        client.post(f"{PAGE}releases/", fields, headers=headers)
        assert offered(client) == []


@pytest.mark.parametrize("refused", [400, 403, 409, 503])
def test_they_are_still_offered_after_a_refusal(
    client: Client, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    def busy(*args: object, **options: object) -> int:
        raise Busy("met 10 conflicts")

    hold_and_let_lapse(client, "A1")
    note_the_end()
    others_hold("A2")
    if refused == 503:
        monkeypatch.setattr(wishes, "handle", busy)
    verb, seat = {400: ("holds", "Z99"), 403: ("releases", "A2")}.get(refused, ("holds", "A2"))
    assert post(client, verb, seat).status_code == refused
    assert offered(client) == [FREE]


def test_who_held_nothing_gets_no_cookie(client: Client) -> None:
    assert "held" not in client.get(PAGE).cookies
    assert "held" not in client.get(f"{PAGE}mine/").cookies


def test_seats_that_were_bought_are_not_offered(client: Client) -> None:
    post(client, "holds", "A1")
    row = Seat.objects.get(seat="A1")
    tell(SeatsSold("s1", row.hold or "", row.visitor or "", ("A1",), payment="p1"))
    assert offered(client) == []


def test_it_is_offered_for_half_an_hour(client: Client) -> None:
    post(client, "holds", "A1")
    cookie = client.cookies["held"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (PAGE, True, "Lax")
    assert 0 <= 600 + 1800 - cookie["max-age"] < 60  # since it was held


@pytest.mark.parametrize("written", ["", "Z99", "A1.A1", "<script>", '"A1\\000"', "." * 3000])
def test_anybody_may_have_written_the_cookie(client: Client, written: str) -> None:
    client.cookies["held"] = written
    response = client.get(PAGE)
    assert response.status_code == 200
    assert said(response) == ([FREE] if "A1." in written else [])
    assert mine(response) == []
