"""A screening's map: the page, holding seats and letting them go."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.booking.events import HoldPinned, HoldUnpinned, SeatsHeld
from apps.catalog.events import MovieAdded, ScreeningScheduled
from apps.catalog.specs.examples import SHOWN
from apps.eventlog.handling import Busy
from apps.eventlog.models import StoredEvent
from apps.seatmap import wishes
from apps.seatmap.models import Seat
from apps.seatmap.projections import seatmap
from tests.history import tell

PLAN = tuple(f"{row} #####.#####" for row in "ABCD")
SCREENING = "5c" * 16
PAGE = f"/screenings/{SCREENING}/"
LATER = datetime(2040, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("nothing_in_the_error_log")


def schedule(screening: str = SCREENING, starts: datetime | None = None) -> None:
    starts = starts or timezone.now() + timedelta(hours=5)
    title = "The Salt <i>Meridian</i>"
    tell(
        ScreeningScheduled(screening, "m1", title, "a1", "Grand", PLAN, starts, 140, 950, *SHOWN),
    )
    seatmap.catch_up()


@pytest.fixture(autouse=True)
def on_sale(database: str) -> None:
    tell(MovieAdded("m1", "salt", "The Salt Meridian", "…", "sea", 1974, 128, "12", "Portuguese"))
    schedule()


def post(client: Client, verb: str, *seats: str, page: str = PAGE, **fields: Any) -> HttpResponse:
    data = {"seats": list(seats), "command": str(uuid4()), **fields}
    response = client.post(f"{page}{verb}/", data, headers={"HX-Request": "true"})
    assert isinstance(response, HttpResponse)
    return response


def said(response: Any) -> str:
    """The sentence that an answer shows."""
    found = re.search(r'<p class="notice error">(.*?)</p>', response.content.decode())
    return found[1] if found else ""


def mine(response: Any) -> list[str]:
    found = re.search(r'id="basket"[^>]*data-mine="([^"]*)"', response.content.decode())
    assert found
    return [pair.split(":")[0] for pair in found[1].split()]


# The page


def test_the_page_shows_every_seat_and_the_title_escaped(client: Client) -> None:
    tell(SeatsHeld(SCREENING, "h1", "ann", ("A1",), (), LATER))
    page = client.get(PAGE).content.decode()
    assert page.count('name="seats"') == 40
    assert re.search(r'id="seat-A1"[^>]* data-state="held"', page)
    assert "The Salt &lt;i&gt;Meridian&lt;/i&gt;" in page
    assert "39</span> of 40 seats free" in page
    assert "style=" not in page


def test_the_page_takes_two_queries_however_full_it_is(client: Client) -> None:
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(PAGE)
        assert len(queries) == 2
        seats = tuple(f"{row}{number}" for row in "ABCD" for number in range(1, 11))
        if not Seat.objects.exists():
            tell(SeatsHeld(SCREENING, "h1", "ann", seats, (), LATER))


def test_a_past_screening_says_so_and_sells_nothing(client: Client) -> None:
    schedule("past", timezone.now() - timedelta(minutes=1))
    page = client.get("/screenings/past/").content.decode()
    assert "This screening has begun" in page
    assert re.search(r"<fieldset[^>]* disabled>", page)
    assert "data-line" not in page
    response = post(client, "holds", "A1", page="/screenings/past/")
    assert response.status_code == 409
    assert said(response) == "This screening has begun, so its seats are no longer sold online."


# Holding and letting go


def test_held_seats_are_in_the_basket(client: Client) -> None:
    post(client, "holds", "B9")
    response = post(client, "holds", "B10")
    text = response.content.decode()
    assert response.status_code == 200
    assert mine(response) == ["B9", "B10"]
    assert "Row B, seats 9 and 10" in text
    assert "€19.00" in text
    assert f"/screenings/{SCREENING}/checkout/" in text
    assert re.search(r'data-seconds-left="(600|599)" data-lasts="600"', text)
    assert 'id="seat-B10"' in text
    assert mine(client.get(f"{PAGE}mine/")) == ["B9", "B10"]


def test_a_seat_that_is_gone_is_refused_and_shown(client: Client) -> None:
    position = tell(SeatsHeld(SCREENING, "h1", "ann", ("A1",), (), LATER))
    response = post(client, "holds", "A1")
    assert response.status_code == 409
    assert said(response) == "A1 went to someone else a moment ago."
    assert f'data-state="held" data-position="{position}"' in response.content.decode()


def test_the_same_request_again_holds_once(client: Client) -> None:
    command = str(uuid4())
    first = post(client, "holds", "A1", command=command)
    before = StoredEvent.objects.count()
    again = post(client, "holds", "A1", command=command)
    assert (again.status_code, mine(again)) == (200, mine(first))
    assert StoredEvent.objects.count() == before


def test_letting_go(client: Client) -> None:
    post(client, "holds", "A1", "A2")
    command = str(uuid4())
    response = post(client, "releases", "A1", command=command)
    assert (response.status_code, mine(response)) == (200, ["A2"])
    assert re.search(r'id="seat-A1"[^>]* data-state="available"', response.content.decode())
    again = post(client, "releases", "A1", command=command)
    assert (again.status_code, mine(again), said(again)) == (200, ["A2"], "")


def test_a_hold_that_ran_out_is_not_mine_though_nobody_said_so_yet(client: Client) -> None:
    post(client, "holds", "A1")
    Seat.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert mine(client.get(f"{PAGE}mine/")) == []


def test_while_the_bank_thinks_the_seats_stay(client: Client) -> None:
    post(client, "holds", "A1")
    row = Seat.objects.get(seat="A1")
    tell(HoldPinned(SCREENING, row.hold or "", row.visitor or "", ("A1",), "p1"))
    Seat.objects.update(until=timezone.now() - timedelta(seconds=1))
    response = client.get(f"{PAGE}mine/")
    assert mine(response) == ["A1"]
    assert "Your seats stay yours while your bank is thinking." in response.content.decode()
    assert "Let go" not in response.content.decode()


def test_after_a_declined_payment_the_seats_are_still_mine(client: Client) -> None:
    post(client, "holds", "A1")
    row = Seat.objects.get(seat="A1")
    hold = SCREENING, row.hold or "", row.visitor or "", ("A1",)
    tell(HoldPinned(*hold, payment="p1"))
    tell(HoldUnpinned(*hold, payment="p1"))
    response = client.get(PAGE)
    assert mine(response) == ["A1"]
    assert re.search(r'id="seat-A1"[^>]* data-mine ', response.content.decode())
    assert "Let go" in response.content.decode()
    assert mine(post(client, "holds", "A2")) == ["A1", "A2"]


def test_without_a_script_forms_lead_back_to_the_page(client: Client) -> None:
    fields = {"seats": ["A1", "A2"], "command": str(uuid4())}
    response = client.post(f"{PAGE}holds/", fields, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert mine(response) == ["A1", "A2"]
    refused = Client().post(f"{PAGE}holds/", {"seats": ["A1"], "command": str(uuid4())})
    assert refused.status_code == 409
    assert said(refused) == "A1 went to someone else a moment ago."
    assert 'name="seats"' in refused.content.decode()


def test_too_many_at_once_may_try_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*args: object, **options: object) -> int:
        raise Busy("met 10 conflicts")

    monkeypatch.setattr(wishes, "handle", busy)
    response = post(client, "holds", "A1")
    assert (response.status_code, response["Retry-After"]) == (503, "1")
