"""Add a movie to the catalog."""

import re
from datetime import datetime
from typing import Annotated

from apps.catalog.events import MovieAdded
from apps.catalog.tags import Movie, slug_tag
from apps.catalog.texts import must_be_line, must_be_text, must_be_within
from apps.eventlog.commands import Boundary, Command, History, Rejected, Words
from apps.eventlog.events import Event
from apps.eventlog.origins import origin

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = {"slug": 80, "title": 120, "genre": 40, "rating": 10, "language": 60, "synopsis": 2000}
MOST_MINUTES = 600
FIRST_YEAR = 1888  # Roundhay Garden Scene


class AddMovie(Command, frozen=True):
    movie: Annotated[str, origin("new id")]
    slug: str
    title: str
    synopsis: str
    genre: str
    year: int
    minutes: int
    rating: str
    language: str

    def boundary(self) -> Boundary:
        return (Movie(self.movie), slug_tag(self.slug))

    def decide(self, history: History, now: datetime) -> list[Event]:
        self._must_be_sane(now)
        for event in history:
            if isinstance(event, MovieAdded) and event.movie == self.movie:
                raise Rejected("{what} has been added already.", what=event.title)
            if isinstance(event, MovieAdded) and event.slug == self.slug:
                raise Rejected(
                    "The address /movies/{slug}/ belongs to {title}. Choose another one.",
                    slug=self.slug,
                    title=event.title,
                )
        return [
            MovieAdded(
                movie=self.movie,
                slug=self.slug,
                title=self.title,
                synopsis=self.synopsis,
                genre=self.genre,
                year=self.year,
                minutes=self.minutes,
                rating=self.rating,
                language=self.language,
            )
        ]

    def _must_be_sane(self, now: datetime) -> None:
        must_be_line(Words("the title"), self.title, LONGEST["title"])
        must_be_line(Words("the genre"), self.genre, LONGEST["genre"])
        must_be_line(Words("the rating"), self.rating, LONGEST["rating"])
        must_be_line(Words("the language"), self.language, LONGEST["language"])
        must_be_text(Words("the synopsis"), self.synopsis, LONGEST["synopsis"])
        must_be_within(Words("The year"), self.year, FIRST_YEAR, now.year + 5)
        must_be_within(Words("The length in minutes"), self.minutes, 1, MOST_MINUTES)
        if len(self.slug) > LONGEST["slug"] or not SLUG.fullmatch(self.slug):
            raise Rejected(
                "Write the address in at most {longest} small letters, digits and single hyphens,"
                " such as the-salt-meridian.",
                longest=LONGEST["slug"],
            )
