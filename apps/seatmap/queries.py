"""What the map's pages and wishes ask the tables, one query each, and the room it is about."""

from typing import Any

from django.db.models import BooleanField, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.shortcuts import get_object_or_404

from apps.catalog.money import show
from apps.eventlog.epochs import EPOCH
from apps.seatmap.models import Screening, Seat
from apps.seatmap.seats import Room, room


def screening_of(screening: str) -> Screening:
    """With `past`: whether it has begun, by the database's clock; and with the log's `epoch`."""
    past = ExpressionWrapper(Q(starts__lte=Now()), output_field=BooleanField())
    screenings = Screening.objects.annotate(past=past, epoch=RawSQL(EPOCH, ()))
    return get_object_or_404(screenings, screening=screening)


def seats_of(screening: Screening) -> QuerySet[Any]:
    """With the time `left` until each one's hold ends, by the database's clock."""
    left = ExpressionWrapper(F("until") - Now(), output_field=DurationField())
    return Seat.objects.filter(screening=screening.screening).annotate(left=left)


def room_of(screening: Screening) -> Room:
    return room(tuple(screening.plan), show(screening.price))
