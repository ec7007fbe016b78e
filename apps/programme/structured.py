"""What search engines read: a movie and its screenings as schema.org has them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from apps.programme.rows import Row

SCHEMA = "https://schema.org"
AVAILABILITY = {"open": "InStock", "few": "LimitedAvailability", "full": "SoldOut"}

type Absolute = Callable[[str], str]  # the whole address of a path


def movie_data(movie: Row, days: Iterable[Row], absolute: Absolute) -> dict[str, Any]:
    """Movie, and a ScreeningEvent for each screening that has not begun."""
    about = {
        "@type": "Movie",
        "@id": absolute(movie["url"]),
        "url": absolute(movie["url"]),
        "name": movie["title"],
        "description": movie["synopsis"],
        "genre": movie["genre"],
        "duration": f"PT{movie['minutes']}M",
        "dateCreated": str(movie["year"]),
        "contentRating": movie["rating"],
        "inLanguage": _language(movie["language"]),
        "image": absolute(movie["poster"]),
    }
    return {"@context": SCHEMA, "@graph": [about, *_events(movie, days, absolute)]}


def _events(movie: Row, days: Iterable[Row], absolute: Absolute) -> Iterator[dict[str, Any]]:
    for day in days:
        for screening in day["screenings"]:
            if screening["state"] in AVAILABILITY:
                yield _event(movie, screening, absolute)


def _event(movie: Row, screening: Row, absolute: Absolute) -> dict[str, Any]:
    url = absolute(screening["url"])
    event = {
        "@type": "ScreeningEvent",
        "@id": url,
        "url": url,
        "name": movie["title"],
        "image": absolute(movie["poster"]),
        "workPresented": {"@id": absolute(movie["url"])},
        "startDate": screening["starts"].isoformat(),
        "endDate": screening["ends"].isoformat(),
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": {
            "@type": "MovieTheater",
            "name": f"{settings.CINEMA_NAME}, {screening['auditorium_name']}",
            "url": absolute(reverse("programme:index")),
        },
        "videoFormat": screening["format"],
        "inLanguage": _language(screening["language"]),
        "offers": {
            "@type": "Offer",
            "url": url,
            "price": f"{screening['price'] // 100}.{screening['price'] % 100:02}",
            "priceCurrency": settings.CURRENCY,
            "availability": f"{SCHEMA}/{AVAILABILITY[screening['state']]}",
        },
    }
    if screening["subtitles"]:
        event["subtitleLanguage"] = _language(screening["subtitles"])
    return event


def _language(name: str) -> dict[str, str]:
    return {"@type": "Language", "name": name}
