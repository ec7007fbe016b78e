"""Pages of what is on: a day, a movie, a poster."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from apps.catalog import posters
from apps.eventlog.screens import screen
from apps.programme import days
from apps.programme.models import Movie, Screening

type Row = dict[str, Any]


@screen("Programme", actor="Moviegoer")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One day's films. Two queries, however many films and days there are."""
    now = timezone.now()
    today = timezone.localdate(now)
    day = days.asked(request.GET.get("day"), today)
    if day is None:
        return _no_such_day(request)
    films = _films_by_day(since=min(day, today))
    context = {
        "days": days.strip(day, today, films),
        "day": {"date": day, "label": days.label(day, today), "count": films[day]},
        "movies": _movies_of_day(day, now),
        "next_day": days.next_day(day, films),
    }
    return render(request, "programme/index.html", context)


def _no_such_day(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "No such day",
        "text": "That is no day of our programme. Today’s films are one tap away.",
        "link_url": reverse("programme:index"),
        "link_text": "Today’s programme",
    }
    return render(request, "message.html", context, status=404)


@screen("Movie", actor="Moviegoer")
@require_safe
def movie(request: HttpRequest, slug: str) -> HttpResponse:
    """A movie and its screenings from today on. Two queries."""
    now = timezone.now()
    found = get_object_or_404(Movie, slug=slug)
    context = {"movie": _about(found), "days": _days_of_movie(found, now)}
    return render(request, "programme/movie.html", context)


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The poster as SVG. With ?v= its address names the content, so that may be kept for ever."""
    found = get_object_or_404(Movie, slug=slug)
    svg, version = _drawn(found.title, found.genre, found.year)
    etag = f'"{version}"'
    response = HttpResponse(svg, content_type="image/svg+xml", headers={"ETag": etag})
    if request.GET.get("v") == version:
        patch_cache_control(response, public=True, max_age=timedelta(days=365), immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=timedelta(hours=1))
    return get_conditional_response(request, etag=etag, response=response) or response


@lru_cache(maxsize=256)
def _drawn(title: str, genre: str, year: int) -> tuple[bytes, str]:
    """The SVG, and a version that names its content."""
    svg = posters.poster(title, genre, year).encode()
    return svg, hashlib.sha256(svg).hexdigest()[:16]


def _films_by_day(since: date) -> Counter[date]:
    """How many films each day shows."""
    counted = (
        Screening.objects.filter(starts__gte=_midnight(since))
        .annotate(day=TruncDate("starts"))
        .values("day")
        .annotate(films=Count("movie", distinct=True))
    )
    return Counter({row["day"]: row["films"] for row in counted})


def _movies_of_day(day: date, now: datetime) -> list[Row]:
    """The day's movies with their screenings; those that can still be seen come first."""
    midnights = _midnight(day), _midnight(day + timedelta(days=1))
    found = Screening.objects.filter(starts__gte=midnights[0], starts__lt=midnights[1])
    by_movie = found.select_related("movie").order_by("movie__title", "movie_id", "starts")
    listed = [
        {**_about(movie), "screenings": _rows(screenings, now)}
        for movie, screenings in groupby(by_movie, key=lambda screening: screening.movie)
    ]
    return sorted(listed, key=lambda movie: movie["screenings"][-1]["state"] == "past")


def _days_of_movie(movie: Movie, now: datetime) -> list[Row]:
    today = timezone.localdate(now)
    coming = movie.screening_set.filter(starts__gte=_midnight(today)).order_by("starts")
    by_day = groupby(coming, key=lambda screening: timezone.localdate(screening.starts))
    return [
        {"date": day, "label": days.label(day, today), "screenings": _rows(screenings, now)}
        for day, screenings in by_day
    ]


def _midnight(day: date) -> datetime:
    """The cinema's."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _about(movie: Movie) -> Row:
    _, version = _drawn(movie.title, movie.genre, movie.year)
    return {
        "title": movie.title,
        "slug": movie.slug,
        "synopsis": movie.synopsis,
        "rating": movie.rating,
        "minutes": movie.minutes,
        "genre": movie.genre,
        "year": movie.year,
        "language": movie.language,
        "url": reverse("programme:movie", args=[movie.slug]),
        "poster": f"{reverse('programme:poster', args=[movie.slug])}?v={version}",
    }


def _rows(screenings: Iterable[Screening], now: datetime) -> list[Row]:
    return [
        {
            "screening": screening.screening,
            "starts": timezone.localtime(screening.starts),
            "auditorium_name": screening.auditorium_name,
            "price": screening.price,
            "left": screening.left,
            "state": screening.state(now),
            "pct": screening.pct,
            "url": reverse("seatmap:screening", args=[screening.screening]),
        }
        for screening in screenings
    ]
