"""What the tests of the programme put on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.text import slugify

from apps.programme.models import Movie, Screening
from apps.programme.words import searchable

NOW = datetime(2026, 6, 13, 17, tzinfo=UTC)  # a Saturday, 18:00 in the cinema

type Show = Callable[..., Screening]


@pytest.fixture
def show(database: object, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Puts a screening of a movie on: days from today, local hour, seats taken of 100."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def put_on(
        day: int = 0,
        hour: int = 20,
        taken: int = 0,
        title: str = "The Salt Meridian",
        **known: object,
    ) -> Screening:
        movie = added(title)
        starts = datetime(2026, 6, 13, hour, 15, tzinfo=timezone.get_default_timezone())
        starts += timedelta(days=day)
        about: dict[str, Any] = {"language": movie.language, **known}
        return Screening.objects.create(
            screening=f"{movie.slug[:20]}-{day}-{hour}",
            movie=movie,
            auditorium_name="Grand",
            starts=starts,
            ends=starts + timedelta(minutes=143),
            price=950,
            seats=100,
            taken=taken,
            **about,
        )

    return put_on


def added(title: str, genre: str = "Drama") -> Movie:
    slug = slugify(title)
    synopsis, language = "A chart with one wrong line.", "Portuguese"
    movie, _ = Movie.objects.get_or_create(
        movie=slug[:32],
        defaults={
            "slug": slug,
            "title": title,
            "synopsis": synopsis,
            "genre": genre,
            "year": 2026,
            "minutes": 128,
            "rating": "12",
            "language": language,
            "words": searchable(title, genre, language, synopsis),
        },
    )
    return movie


def context_of(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    return response.context
