"""The demonstration's cinema: what is on, whatever the hour, and who sits where."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.utils import timezone

from apps.catalog import plans
from apps.eventlog.models import StoredEvent
from apps.programme.models import Movie, Screening
from cinema_site import demo
from cinema_site.demo_audience import parties
from cinema_site.demo_cinema import ROOMS, Room


@pytest.mark.usefixtures("database")
def test_a_week_is_on_whatever_the_hour() -> None:
    demo.add_films()
    demo.add_rooms()
    for months, (hour, minute) in enumerate([(0, 10), (11, 0), (16, 57), (22, 25), (23, 40)]):
        # Each in a month of its own, all in the future: what is past cannot be scheduled.
        now = timezone.localtime() + timedelta(days=30 * months + 1)
        now = now.replace(hour=hour, minute=minute)
        for room in ROOMS:
            starts = [screening.starts for screening in demo.schedule(room, now)]
            assert starts[0] > now
            assert {start.date() for start in starts} == days_from(now)


def days_from(now: datetime) -> set[object]:
    return {now.date() + timedelta(days=n) for n in range(demo.DAYS)}


@pytest.mark.usefixtures("database")
def test_a_cinema_is_filled_through_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    few_buyers(monkeypatch)
    out = StringIO()
    demo.fill(out=out)
    assert out.getvalue().startswith("10 films, 3 auditoriums, ")
    assert Movie.objects.count() == 10
    taken = Screening.objects.filter(taken__gt=0)
    assert {screening.state(timezone.now()) for screening in taken} == {"full"}
    types = StoredEvent.objects.values_list("type", flat=True)
    assert list(types).count("checkout.TicketsIssued") == list(types).count("booking.SeatsHeld") > 9


def few_buyers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the screening that is sold out has any."""
    how_full = demo.how_full

    def only_sold_out(
        screenings: list[demo.Screening], now: datetime
    ) -> list[tuple[object, float]]:
        return [(screening, share) for screening, share in how_full(screenings, now) if share == 1]

    monkeypatch.setattr(demo, "how_full", only_sold_out)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.95, 1])
def test_parties_sit_side_by_side_and_nobody_twice(room: Room, share: float) -> None:
    places = {place.seat: place for place in plans.parse(room.plan)}
    sold = list(parties(room.plan, share, Random(1)))
    seats = [seat for party in sold for seat in party]
    assert len(seats) == len(set(seats)) == round(len(places) * share)
    assert all(side_by_side([places[seat] for seat in party]) for party in sold)
    assert max(len(party) for party in sold) <= 8


def side_by_side(party: Sequence[plans.Place]) -> bool:
    first = party[0]
    return [(place.y, place.x) for place in party] == [
        (first.y, first.x + n) for n in range(len(party))
    ]


def test_the_rooms_differ() -> None:
    assert [len(plans.parse(room.plan)) for room in ROOMS] == [300, 120, 40]
