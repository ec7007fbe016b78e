"""The facts of the catalog."""

from datetime import datetime, timedelta
from typing import Annotated

from apps.catalog.tags import (
    Auditorium,
    Movie,
    Schedule,
    auditorium_days,
    auditorium_name_tag,
    slug_tag,
)
from apps.eventlog.events import Event, event
from apps.eventlog.origins import origin
from apps.eventlog.tags import Tag


@event("catalog.MovieAdded")
class MovieAdded(Event, frozen=True):
    movie: str
    slug: str
    title: str
    synopsis: str
    genre: str
    year: int
    minutes: int
    rating: str
    language: str

    def tags(self) -> tuple[Tag, ...]:
        return (Movie(self.movie), slug_tag(self.slug))


@event("catalog.AuditoriumAdded")
class AuditoriumAdded(Event, frozen=True):
    auditorium: str
    name: str
    plan: tuple[str, ...]

    def tags(self) -> tuple[Tag, ...]:
        return (Auditorium(self.auditorium), auditorium_name_tag(self.name))


@event("catalog.ScreeningScheduled2")  # upcasters.py has the first
class ScreeningScheduled(Event, frozen=True):
    """Title, name and plan are copies: they pin what was sold. `starts` has the cinema's offset.

    `language` is the one that is spoken, "" the movie's; `subtitles` are in theirs, "" are none.
    """

    screening: str
    movie: str
    title: str
    auditorium: str
    auditorium_name: Annotated[str, origin("name")]
    plan: tuple[str, ...]
    starts: datetime
    minutes: int
    price: int
    format: str
    language: str
    subtitles: str

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    def tags(self) -> tuple[Tag, ...]:
        # Not the movie's nor the auditorium's tag: those would grow with every screening.
        days = auditorium_days(self.auditorium, self.starts, self.ends)
        return (Schedule(self.screening), *days)
