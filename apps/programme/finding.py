"""Finding something to see: by day, by search, through filters. A fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext

from apps.programme import days
from apps.programme.filters import NONE, TIMES, Filters, subtitles_in_words
from apps.programme.models import Movie, Screening
from apps.programme.rows import Row, about, rows
from apps.programme.words import asked, searchable

NEXT = 6  # screenings of a film that a search shows


def films_by_day(since: date, filters: Filters) -> Counter[date]:
    """How many films each day shows."""
    counted = (
        Screening.objects.filter(filters.screenings(), starts__gte=midnight(since))
        .annotate(day=TruncDate("starts"))
        .values("day")
        .annotate(films=Count("movie", distinct=True))
    )
    return Counter({row["day"]: row["films"] for row in counted})


def movies_of_day(day: date, now: datetime, filters: Filters) -> list[Row]:
    """The day's movies with their screenings; those that can still be seen come first."""
    midnights = midnight(day), midnight(day + timedelta(days=1))
    found = Screening.objects.filter(
        filters.screenings(), starts__gte=midnights[0], starts__lt=midnights[1]
    )
    by_movie = found.select_related("movie").order_by("movie__title", "movie_id", "starts")
    listed = [
        {**about(movie), "screenings": rows(screenings, movie, now)}
        for movie, screenings in groupby(by_movie, key=lambda screening: screening.movie)
    ]
    return sorted(listed, key=lambda movie: movie["screenings"][-1]["state"] == "past")


def search(filters: Filters, now: datetime) -> list[Row]:
    """Movies on any day, found by their words, with their next screenings.

    A film whose title has the words comes before one that only tells of them, what is on before
    what is not. Filters pass screenings: with one in use, films without any are left out.
    """
    movies = list(Movie.objects.filter(filters.movies()).order_by("title", "movie"))
    coming = _coming(movies, filters, now)
    only_on = bool(filters.without("q").used)
    listed = [
        _found(movie, coming.get(movie.movie, []), now)
        for movie in movies
        if movie.movie in coming or not only_on
    ]
    return sorted(listed, key=lambda row: (not row["screenings"], not _entitled(row, filters)))


def _coming(movies: Iterable[Movie], filters: Filters, now: datetime) -> dict[str, list[Screening]]:
    passing = Screening.objects.filter(filters.screenings(), movie__in=movies, starts__gt=now)
    coming: dict[str, list[Screening]] = {}
    for screening in passing.order_by("starts"):
        coming.setdefault(screening.movie_id, []).append(screening)
    return coming


def _found(movie: Movie, coming: list[Screening], now: datetime) -> Row:
    today = timezone.localdate(now)
    shown = rows(coming[:NEXT], movie, now)
    for row in shown:
        row["day"] = days.label(row["starts"].date(), today)
    return {**about(movie), "screenings": shown, "more": max(0, len(coming) - NEXT)}


def _entitled(row: Row, filters: Filters) -> bool:
    title = searchable(row["title"])
    return all(f" {word}" in title for word in asked(filters.q))


def days_of_movie(movie: Movie, now: datetime) -> list[Row]:
    today = timezone.localdate(now)
    by_day = groupby(_from_today(movie, today), key=lambda each: timezone.localdate(each.starts))
    return [
        {
            "date": day,
            "label": days.label(day, today),
            "named": bool(days.named(day, today)),
            "screenings": rows(screenings, movie, now),
        }
        for day, screenings in by_day
    ]


def _from_today(movie: Movie, today: date) -> QuerySet[Screening]:
    return movie.screening_set.filter(starts__gte=midnight(today)).order_by("starts")


def choices(filters: Filters, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """What each filter offers: what is still to come, and what is chosen already."""
    coming = Screening.objects.filter(starts__gt=now)
    kinds = list(coming.values_list("format", "language", "subtitles").distinct())
    formats, languages, subtitles = ({kind[n] for kind in kinds} for n in range(3))
    without = [(NONE, gettext("No subtitles"))] * ("" in subtitles)
    return {
        "format": _offered(((each, each) for each in sorted(formats)), filters.format),
        "language": _offered(
            ((each, gettext(each)) for each in sorted(languages)), filters.language
        ),
        "subtitles": _offered(
            [*((each, subtitles_in_words(each)) for each in sorted(subtitles - {""})), *without],
            filters.subtitles,
        ),
        "time": _offered(
            ((name, f"{said[0]}, {said[1]}") for name, said in TIMES.items()), filters.time
        ),
    }


def _offered(pairs: Iterable[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    offered = dict(pairs)
    if chosen and chosen not in offered:
        offered[chosen] = chosen
    return [
        {"value": value, "text": text, "chosen": value == chosen} for value, text in offered.items()
    ]


def midnight(day: date) -> datetime:
    """The cinema's."""
    return timezone.make_aware(datetime.combine(day, time.min))
