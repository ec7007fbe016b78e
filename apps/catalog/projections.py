"""Keeps the catalog's read models."""

from collections import Counter

from apps.catalog import plans
from apps.catalog.events import AuditoriumAdded, MovieAdded, ScreeningScheduled
from apps.catalog.models import Auditorium, Movie, Screening
from apps.eventlog.projections import Projection

catalog = Projection("catalog", Movie, Auditorium, Screening)


@catalog.on(MovieAdded)
def list_movie(event: MovieAdded, position: int) -> None:
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
    )


@catalog.on(AuditoriumAdded)
def list_auditorium(event: AuditoriumAdded, position: int) -> None:
    kinds = Counter(place.kind for place in plans.parse(event.plan))
    Auditorium.objects.create(
        auditorium=event.auditorium,
        name=event.name,
        plan=list(event.plan),
        seats=kinds.total(),
        wheelchair_spaces=kinds["wheelchair"],
        companion_seats=kinds["companion"],
    )


@catalog.on(ScreeningScheduled)
def list_screening(event: ScreeningScheduled, position: int) -> None:
    Screening.objects.create(
        screening=event.screening,
        movie_id=event.movie,
        auditorium_id=event.auditorium,
        starts=event.starts,
        ends=event.ends,
        price=event.price,
        format=event.format,
        language=event.language or Movie.objects.get(movie=event.movie).language,
        subtitles=event.subtitles,
    )
