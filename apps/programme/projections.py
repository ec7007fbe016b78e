"""Keeps what is on: movies, screenings, and how many seats of each are taken."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, TextField, Value

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
    places = plans.parse(event.plan)
    Screening.objects.create(
        screening=event.screening,
        movie_id=event.movie,
        auditorium_name=event.auditorium_name,
        starts=event.starts,
        ends=event.ends,
        price=event.price,
        seats=len(places),
        format=event.format,
        language=event.language or Movie.objects.get(movie=event.movie).language,
        subtitles=event.subtitles,
        wheelchair_spaces=[each.seat for each in places if each.kind == "wheelchair"],
    )


@programme.on(SeatsHeld)
def take_seats(event: SeatsHeld, position: int) -> None:
    _count(event.screening, event.seats, 1)


@programme.on(SeatsReleased, HoldExpired)
def give_seats_back(event: SeatsReleased | HoldExpired, position: int) -> None:
    _count(event.screening, event.seats, -1)


class Shared(Func):
    """How many elements two arrays share."""

    template = "cardinality(ARRAY(SELECT unnest(%(expressions)s)))"
    arg_joiner = ") INTERSECT SELECT unnest("
    output_field = IntegerField()


def _count(screening: str, seats: tuple[str, ...], sign: int) -> None:
    # Sold seats were held before, so selling changes nothing here.
    named = Value(list(seats), output_field=ArrayField(TextField()))
    Screening.objects.filter(screening=screening).update(
        taken=F("taken") + sign * len(seats),
        wheelchair_taken=F("wheelchair_taken") + sign * Shared("wheelchair_spaces", named),
    )
