"""How movies and screenings are told to a page."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.catalog import posters
from apps.programme.models import Movie, Screening

PLAIN = "2D"  # a format that goes without saying

type Row = dict[str, Any]


def about(movie: Movie) -> Row:
    _, version = drawn(movie.title, movie.genre, movie.year)
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


def rows(screenings: Iterable[Screening], movie: Movie, now: datetime) -> list[Row]:
    return [
        {
            "screening": screening.screening,
            "starts": timezone.localtime(screening.starts),
            "ends": timezone.localtime(screening.ends),
            "auditorium_name": screening.auditorium_name,
            "price": screening.price,
            "left": screening.left,
            "seats": screening.seats,
            "state": screening.state(now),
            "pct": screening.pct,
            "format": screening.format,
            "special": screening.format if screening.format != PLAIN else "",
            "language": screening.language,
            "dubbed": screening.language if screening.language != movie.language else "",
            "subtitles": screening.subtitles,
            "wheelchair_spaces": len(screening.wheelchair_spaces),
            "wheelchair_left": screening.wheelchair_left,
            "url": reverse("seatmap:screening", args=[screening.screening]),
        }
        for screening in screenings
    ]


@lru_cache(maxsize=256)
def drawn(title: str, genre: str, year: int) -> tuple[bytes, str]:
    """A poster's SVG, and a version that names its content."""
    svg = posters.poster(title, genre, year).encode()
    return svg, hashlib.sha256(svg).hexdigest()[:16]
