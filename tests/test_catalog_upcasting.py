"""A screening that was scheduled before screenings had formats and languages."""

import json
from datetime import timedelta

import msgspec
import pytest
from django.db import connection

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.events import SeatsHeld
from apps.catalog.commands.schedule_screening import ScheduleScreening
from apps.catalog.events import ScreeningScheduled
from apps.catalog.specs.examples import auditorium_added, movie_added, scheduled
from apps.eventlog import clock, events
from apps.eventlog.commands import Rejected
from apps.eventlog.handling import handle
from apps.eventlog.projections import catch_up_all
from apps.programme.models import Screening
from tests.history import logged, tell

NEW = ("format", "language", "subtitles")


@pytest.fixture
def old(database: str) -> ScreeningScheduled:
    """Scheduled for tomorrow by the release that knew less of it."""
    tell(movie_added(), auditorium_added())
    screening = scheduled(clock.now() + timedelta(days=1))
    shape = json.loads(msgspec.json.encode(screening))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO eventlog_event (type, tags, data, metadata) VALUES (%s, %s, %s, '{}')",
            [
                "catalog.ScreeningScheduled",
                [tag.text for tag in screening.tags()],
                json.dumps({key: value for key, value in shape.items() if key not in NEW}),
            ],
        )
    return screening


def test_it_is_listed_as_what_it_was(old: ScreeningScheduled) -> None:
    catch_up_all()
    shown = Screening.objects.get()
    assert (shown.format, shown.language, shown.subtitles) == ("2D", "Portuguese", "")


def test_its_seats_can_be_held(old: ScreeningScheduled) -> None:
    hold = HoldSeats("scr1", "ann", "h1", ("A1",), timedelta(minutes=10))
    handle(hold, command_id="1", actor="test")
    assert [event.seats for event in logged(SeatsHeld)] == [("A1",)]


def test_its_auditorium_is_taken(old: ScreeningScheduled) -> None:
    starts = old.starts + timedelta(minutes=30)
    with pytest.raises(Rejected, match="Grand is taken then"):
        handle(
            ScheduleScreening("scr2", "mov1", "aud1", starts, 60, 950),
            command_id="1",
            actor="test",
        )


def test_a_boundary_that_names_its_type_asks_for_both_names() -> None:
    names = ["catalog.ScreeningScheduled2", "catalog.ScreeningScheduled"]
    assert events.names_of(ScreeningScheduled) == names
