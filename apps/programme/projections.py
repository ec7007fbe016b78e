"""Keeps what is on: movies, screenings, and how many seats of each are taken."""

from collections import Counter

from django.db.models import F

from apps.booking.events import HoldExpired, SeatsHeld, SeatsReleased
from apps.catalog import plans
from apps.catalog.events import MovieAdded, ScreeningScheduled
from apps.eventlog.projections import Projection
from apps.programme.models import Movie, Screening
from apps.programme.words import searchable

programme = Projection("programme", Movie, Screening)


@programme.on(MovieAdded)
def show_movie(event: MovieAdded, position: int) -> None:
    Movie.objects.create(
        movie=event.movie,
        slug=event.slug,
        title=event.title,
        synopsis=event.synopsis,
        genre=event.genre,
        year=event.year,
        minutes=event.minutes,
        rating=event.rating,
        language=event.language,
        words=searchable(event.title, event.genre, event.language, event.synopsis),
    )


@programme.on(ScreeningScheduled)
def show_screening(event: ScreeningScheduled, position: int) -> None:
    kinds = Counter(place.kind for place in plans.parse(event.plan))
    Screening.objects.create(
        screening=event.screening,
        movie_id=event.movie,
        auditorium_name=event.auditorium_name,
        starts=event.starts,
        ends=event.ends,
        price=event.price,
        seats=kinds.total(),
        format=event.format,
        language=event.language or Movie.objects.get(movie=event.movie).language,
        subtitles=event.subtitles,
        wheelchair_spaces=kinds["wheelchair"],
    )


@programme.on(SeatsHeld)
def take_seats(event: SeatsHeld, position: int) -> None:
    _count(event.screening, len(event.seats))


@programme.on(SeatsReleased, HoldExpired)
def give_seats_back(event: SeatsReleased | HoldExpired, position: int) -> None:
    _count(event.screening, -len(event.seats))


def _count(screening: str, seats: int) -> None:
    # Sold seats were held before, so selling changes nothing here.
    Screening.objects.filter(screening=screening).update(taken=F("taken") + seats)
