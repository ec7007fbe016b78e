"""Schedule a screening of a movie in an auditorium, on sale at once."""

from datetime import datetime, timedelta, timezone
from typing import Annotated

from apps.catalog.commands.add_movie import LONGEST, MOST_MINUTES
from apps.catalog.events import ScreeningScheduled
from apps.catalog.folds import is_scheduled, overlapping, the_auditorium, the_movie
from apps.catalog.formats import FORMATS
from apps.catalog.tags import Auditorium, Movie, Schedule, auditorium_days
from apps.catalog.texts import must_be_line, must_be_within
from apps.eventlog.commands import Boundary, Command, History, Rejected, Words
from apps.eventlog.events import Event
from apps.eventlog.origins import origin

HIGHEST_PRICE = 100_000
FURTHEST = timedelta(days=366)


class ScheduleScreening(Command, frozen=True):
    """`starts` in the cinema's zone, `price` a seat in cents; 0 is a free screening.

    `language` is the one that is spoken, "" the movie's own; without `subtitles` there are none.
    """

    screening: Annotated[str, origin("new id")]
    movie: str
    auditorium: str
    starts: datetime
    minutes: int
    price: int
    format: str = FORMATS[0]
    language: str = ""
    subtitles: str = ""

    def boundary(self) -> Boundary:
        starts, ends = self._span()
        return (
            Schedule(self.screening),
            Movie(self.movie),
            Auditorium(self.auditorium),
            *auditorium_days(self.auditorium, starts, ends),
        )

    def decide(self, history: History, now: datetime) -> list[Event]:
        movie = the_movie(history, self.movie)
        auditorium = the_auditorium(history, self.auditorium)
        self._must_be_sane(now)
        starts, ends = self._span()
        if is_scheduled(history, self.screening):
            raise Rejected(
                "This screening of {title} has been scheduled already.", title=movie.title
            )
        if other := overlapping(history, self.auditorium, starts, ends):
            raise Rejected(
                "{auditorium} is taken then: {title} runs {starts} to {ends}.",
                auditorium=auditorium.name,
                title=other.title,
                starts=other.starts,  # local time, by its own offset
                ends=other.ends.time(),
            )
        return [
            ScreeningScheduled(
                screening=self.screening,
                movie=self.movie,
                title=movie.title,
                auditorium=self.auditorium,
                auditorium_name=auditorium.name,
                plan=auditorium.plan,
                starts=starts,
                minutes=self.minutes,
                price=self.price,
                format=self.format,
                language=self.language or movie.language,
                subtitles=self.subtitles,
            )
        ]

    def _span(self) -> tuple[datetime, datetime]:
        # A fixed offset, because adding minutes in a named zone goes wrong when its clocks change.
        starts = self.starts.astimezone(timezone(self.starts.utcoffset() or timedelta()))
        # Clamped, because the boundary comes before decide refuses a length that would span years.
        return starts, starts + timedelta(minutes=min(self.minutes, MOST_MINUTES))

    def _must_be_sane(self, now: datetime) -> None:
        if self.starts <= now:
            raise Rejected("That time has passed. Choose a later one.")
        if self.starts > now + FURTHEST:
            raise Rejected("That is more than a year ahead. Choose an earlier day.")
        must_be_within(Words("The length in minutes"), self.minutes, 1, MOST_MINUTES)
        if not 0 <= self.price <= HIGHEST_PRICE:
            raise Rejected("The price of a seat has to be between 0.00 and 1,000.00.")
        if self.format not in FORMATS:
            raise Rejected("Choose a format: {formats}.", formats=", ".join(FORMATS))
        if self.language:
            must_be_line(Words("the language"), self.language, LONGEST["language"])
        if self.subtitles:
            must_be_line(Words("the subtitles"), self.subtitles, LONGEST["language"])
