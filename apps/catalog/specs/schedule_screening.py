"""Specifications: schedule a screening."""

from datetime import datetime

import msgspec

from apps.catalog.commands.schedule_screening import ScheduleScreening
from apps.catalog.events import ScreeningScheduled
from apps.catalog.specs.examples import at, auditorium_added, movie_added, scheduled
from apps.eventlog.events import Event
from apps.eventlog.specifications import Given, Specification, given


def schedule(
    starts: datetime, minutes: int = 135, screening: str = "scr2", price: int = 950
) -> ScheduleScreening:
    return ScheduleScreening(screening, "mov1", "aud1", starts, minutes, price)


def with_movie_and_auditorium(*events: Event) -> Given:
    return given(movie_added(), auditorium_added(), *events)


def shown(**otherwise: str) -> ScreeningScheduled:
    return msgspec.structs.replace(scheduled(at(13, 20), screening="scr2"), **otherwise)


TAKEN = "Grand is taken then: The Salt Meridian runs Thu 13 June, 20:15 to 22:30."
LENGTH = "The length in minutes has to be between 1 and 600."
FORMAT = "Choose a format: 2D, 3D, IMAX, 35 mm, 70 mm."
PRICE = "The price of a seat has to be between 0.00 and 1,000.00."

SPECIFICATIONS: dict[str, Specification] = {
    "a screening is on sale at once, with the title, name and plan of today": (
        with_movie_and_auditorium()
        .when(schedule(at(13, 20, 15)))
        .then(scheduled(at(13, 20, 15), screening="scr2"))
    ),
    "screenings may follow each other": with_movie_and_auditorium(scheduled(at(13, 20, 15)))
    .when(schedule(at(13, 22, 30), 60))
    .then(scheduled(at(13, 22, 30), 60, "scr2")),
    "a screening may end when the next one starts": with_movie_and_auditorium(
        scheduled(at(13, 20, 15))
    )
    .when(schedule(at(13, 19, 15), 60))
    .then(scheduled(at(13, 19, 15), 60, "scr2")),
    "an auditorium shows one movie at a time": with_movie_and_auditorium(scheduled(at(13, 20, 15)))
    .when(schedule(at(13, 22, 29)))
    .then_rejected(TAKEN),
    "a screening may not run into the next one": with_movie_and_auditorium(
        scheduled(at(13, 20, 15))
    )
    .when(schedule(at(13, 18, 1)))
    .then_rejected(TAKEN),
    "a short screening does not fit into a long one": with_movie_and_auditorium(
        scheduled(at(13, 20, 15))
    )
    .when(schedule(at(13, 21), 10))
    .then_rejected(TAKEN),
    "a long screening does not fit around a short one": with_movie_and_auditorium(
        scheduled(at(13, 20, 15))
    )
    .when(schedule(at(13, 20), 300))
    .then_rejected(TAKEN),
    "a screening of the day before may still be running": with_movie_and_auditorium(
        scheduled(at(13, 23, 30), 300)
    )
    .when(schedule(at(14, 3)))
    .then_rejected("Grand is taken then: The Salt Meridian runs Thu 13 June, 23:30 to 04:30."),
    "a free screening is fine": with_movie_and_auditorium()
    .when(schedule(at(13, 20), price=0))
    .then(msgspec.structs.replace(scheduled(at(13, 20), screening="scr2"), price=0)),
    "a screening may be in another format and dubbed": with_movie_and_auditorium()
    .when(msgspec.structs.replace(schedule(at(13, 20)), format="35 mm", language="English"))
    .then(shown(format="35 mm", language="English")),
    "a screening may have subtitles": with_movie_and_auditorium()
    .when(msgspec.structs.replace(schedule(at(13, 20)), subtitles="English"))
    .then(shown(subtitles="English")),
    "there is no format but those of the house": with_movie_and_auditorium()
    .when(msgspec.structs.replace(schedule(at(13, 20)), format="4DX"))
    .then_rejected(FORMAT),
    "a language is one plain line": with_movie_and_auditorium()
    .when(msgspec.structs.replace(schedule(at(13, 20)), language="\x00"))
    .then_rejected("Take odd characters out of the language: it has to be one plain line."),
    "subtitles have an end": with_movie_and_auditorium()
    .when(msgspec.structs.replace(schedule(at(13, 20)), subtitles="x" * 61))
    .then_rejected("Shorten the subtitles to 60 characters."),
    "a screening is scheduled once": with_movie_and_auditorium(scheduled(at(13, 20, 15)))
    .when(schedule(at(20, 12), screening="scr1"))
    .then_rejected("This screening of The Salt Meridian has been scheduled already."),
    "a movie has to be in the catalog": given(auditorium_added())
    .when(schedule(at(13, 20)))
    .then_rejected("That movie is not in the catalog. Add it first."),
    "an auditorium has to be in the catalog": given(movie_added())
    .when(schedule(at(13, 20)))
    .then_rejected("That auditorium is not in the catalog. Add it first."),
    "a screening starts in the future": with_movie_and_auditorium()
    .when(schedule(at(13, 20)), at=at(13, 20))
    .then_rejected("That time has passed. Choose a later one."),
    "a screening is at most a year ahead": with_movie_and_auditorium()
    .when(schedule(at(13, 20).replace(year=2031)))
    .then_rejected("That is more than a year ahead. Choose an earlier day."),
    "a screening has a length": with_movie_and_auditorium()
    .when(schedule(at(13, 20), 0))
    .then_rejected(LENGTH),
    "a screening ends": with_movie_and_auditorium()
    .when(schedule(at(13, 20), 10**12))
    .then_rejected(LENGTH),
    "a price is not negative": with_movie_and_auditorium()
    .when(schedule(at(13, 20), price=-1))
    .then_rejected(PRICE),
    "a price has an end": with_movie_and_auditorium()
    .when(schedule(at(13, 20), price=100_001))
    .then_rejected(PRICE),
}
