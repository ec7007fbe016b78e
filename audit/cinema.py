"""The demo's cinema, and a small room beside it in which everything happens once."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from apps.catalog.commands.add_auditorium import AddAuditorium
from apps.catalog.commands.add_movie import AddMovie
from apps.catalog.commands.schedule_screening import ScheduleScreening
from apps.eventlog import clock
from apps.eventlog.projections import catch_up_all
from apps.seatmap.models import Screening
from cinema_site import demo
from cinema_site.demo_cinema import FILMS
from cinema_site.folder import REPOSITORY
from tests.processes import Server

PLAN = ("A ######", "B ######", "C ######", "D wc####")
SETTINGS = {"DJANGO_SETTINGS_MODULE": "audit.settings"}
LANGUAGES = ("en-gb", "de")
SOON = timedelta(seconds=2)
UNSCHEDULED = "nobody-has-seen-this"


@dataclass(frozen=True)
class House:
    screenings: dict[str, str]  # by language: in the small room, with all seats free
    begun: str
    sold_out: str
    biggest: str
    movie: str
    unscheduled: str
    tomorrow: date
    empty_day: date


def fill() -> House:
    demo.fill()
    now = timezone.localtime(clock.now()).replace(microsecond=0)
    room = uuid4().hex
    demo.issue(AddAuditorium(room, "Audit", PLAN), "audit", "room")
    movie = demo.demo_id("movie", FILMS[0].slug)
    begun = _schedule(room, movie, now + SOON, minutes=1)
    evenings = (now + timedelta(days=day) for day in (1, 2))
    screenings = {
        language: _schedule(room, movie, evening)
        for language, evening in zip(LANGUAGES, evenings, strict=True)
    }
    film = FILMS[0]._replace(slug=UNSCHEDULED, title="“Nobody” & <friends>")
    demo.issue(AddMovie(movie=uuid4().hex, **film._asdict()), "audit", "movie")
    catch_up_all()
    time.sleep(SOON.total_seconds())
    return House(
        screenings=screenings,
        begun=begun,
        sold_out=_first_evening("Attic", now),
        biggest=_first_evening("Grand", now + timedelta(days=1)),
        movie=FILMS[0].slug,
        unscheduled=UNSCHEDULED,
        tomorrow=now.date() + timedelta(days=1),
        empty_day=now.date() + timedelta(days=demo.DAYS + 10),
    )


def _schedule(room: str, movie: str, starts: datetime, minutes: int = 120) -> str:
    screening = uuid4().hex
    demo.issue(
        ScheduleScreening(screening, movie, room, starts, minutes, price=950), "audit", screening
    )
    return screening


def _first_evening(room: str, after: datetime) -> str:
    """Of the screenings there; the demo sells out the Attic's."""
    rows = Screening.objects.filter(auditorium_name=room, starts__gt=after).order_by("starts")
    evening = (row for row in rows if timezone.localtime(row.starts).hour >= demo.EVENING)
    return next(evening).screening


@contextmanager
def served() -> Iterator[str]:
    """The address of a server of its own, automations included, with the files of production."""
    environment = {**os.environ, **SETTINGS}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=REPOSITORY, env=environment, check=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(os.environ["DATABASE_URL"], Path(folder, "log"), environment=SETTINGS)
        try:
            yield server.url
        finally:
            server.stop()
        if errors := server.errors():
            raise SystemExit(f"The server said:\n{errors}")
