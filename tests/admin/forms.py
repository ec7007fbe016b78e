"""The staff's forms, filled in, and what comes back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from apps.catalog.models import Auditorium, Movie

PLAN = "A ..####..\nB .######.\n\nC ########"


def add(staff: Client, what: str, **typed: object) -> Any:
    data = {"command": uuid4(), **typed}
    return staff.post(f"/admin/catalog/{what}/add/", data, follow=True)


def movie(**typed: object) -> dict[str, object]:
    return {
        "title": "The Salt Meridian",
        "synopsis": "A chart with one wrong line.",
        "genre": "Drama",
        "year": 2026,
        "minutes": 128,
        "rating": "12",
        "language": "Portuguese",
        **typed,
    }


def auditorium(**typed: object) -> dict[str, object]:
    return {"name": "Grand", "plan": PLAN, **typed}


def screening(**typed: object) -> dict[str, object]:
    return {
        "movie": Movie.objects.get().pk,
        "auditorium": Auditorium.objects.get().pk,
        "starts": f"{evening():%Y-%m-%dT%H:%M}",
        "minutes": "135",
        "price": "9.50",
        **typed,
    }


def evening() -> datetime:
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=20, minute=15, second=0, microsecond=0)


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def errors(response: Any) -> list[str]:
    assert response.status_code == 422
    return [error for errors in response.context["form"].errors.values() for error in errors]
