"""How the programme follows the log."""

import pytest

from apps.booking.events import HoldExpired, SeatsHeld, SeatsReleased, SeatsSold
from apps.catalog.specs.examples import at, movie_added, scheduled
from apps.eventlog.events import Event
from apps.programme import projections
from apps.programme.models import Movie, Screening

HOLD = ("scr1", "hold1", "visitor1")


def follow(*events: Event) -> Screening:
    """What the programme shows of the screening after these events."""
    for position, event in enumerate([movie_added(), scheduled(at(13, 20)), *events], start=1):
        projections.programme.apply(event, position)
    return Screening.objects.get()


@pytest.mark.usefixtures("database")
def test_movies_and_screenings_are_listed() -> None:
    screening = follow()
    assert screening.movie == Movie.objects.get(slug="the-salt-meridian")
    assert (screening.starts, screening.auditorium_name) == (at(13, 20), "Grand")
    assert (screening.seats, screening.taken, screening.price) == (8, 0, 950)


@pytest.mark.usefixtures("database")
def test_held_seats_are_taken_until_they_come_back() -> None:
    until = at(13, 12)
    screening = follow(
        SeatsHeld(*HOLD, ("A1", "A2", "A3"), earlier=(), until=until),
        SeatsReleased(*HOLD, ("A1",), remaining=("A2", "A3"), at=until),
        SeatsHeld(*HOLD, ("A4",), earlier=("A2", "A3"), until=until),
    )
    assert screening.taken == 3
    assert follow_on(HoldExpired(*HOLD, ("A2", "A3", "A4"))).taken == 0


@pytest.mark.usefixtures("database")
def test_sold_seats_stay_taken() -> None:
    held = SeatsHeld(*HOLD, ("A1", "A2"), earlier=(), until=at(13, 12))
    assert follow(held, SeatsSold(*HOLD, ("A1", "A2"), "p1")).taken == 2


def follow_on(event: Event) -> Screening:
    projections.programme.apply(event, 99)
    return Screening.objects.get()
