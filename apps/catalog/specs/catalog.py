"""What the staff's lists show: every movie, auditorium and screening of the cinema."""

import msgspec

from apps.catalog.events import AuditoriumAdded
from apps.catalog.specs.examples import PLAN, at, auditorium_added, movie_added, scheduled
from apps.eventlog.specifications import given

FIRST_NIGHT = at(13, 20, 15)

SPECIFICATIONS = {
    "a movie is listed with all that the staff know of it": given(movie_added()).then_shows(
        "catalog.Movie",
        {
            "movie": "mov1",
            "slug": "the-salt-meridian",
            "title": "The Salt Meridian",
            "synopsis": "A cartographer sails out to correct one wrong line on a chart.",
            "genre": "Drama",
            "year": 2026,
            "minutes": 128,
            "rating": "12",
            "language": "Portuguese",
        },
    ),
    "two movies of one title are two movies": given(
        movie_added(), movie_added("mov2", "the-salt-meridian-2")
    ).then_shows(
        "catalog.Movie",
        {"movie": "mov1", "slug": "the-salt-meridian"},
        {"movie": "mov2", "slug": "the-salt-meridian-2"},
    ),
    "an auditorium is listed with the number of its seats": given(auditorium_added()).then_shows(
        "catalog.Auditorium",
        {
            "auditorium": "aud1",
            "name": "Grand",
            "plan": list(PLAN),
            "seats": 8,
            "wheelchair_spaces": 0,
            "companion_seats": 0,
        },
    ),
    "the places of wheelchair users and their companions are counted": given(
        AuditoriumAdded("aud1", "Grand", ("A wc##cw",))
    ).then_shows("catalog.Auditorium", {"seats": 6, "wheelchair_spaces": 2, "companion_seats": 2}),
    "a screening is listed with its movie, its auditorium and its end": given(
        movie_added(), auditorium_added(), scheduled(FIRST_NIGHT, minutes=135)
    ).then_shows(
        "catalog.Screening",
        {
            "screening": "scr1",
            "movie": "mov1",
            "auditorium": "aud1",
            "starts": FIRST_NIGHT,
            "ends": at(13, 22, 30),
            "price": 950,
            "format": "2D",
            "language": "Portuguese",
            "subtitles": "",
        },
    ),
    "a screening of old speaks the movie's language": given(
        movie_added(),
        auditorium_added(),
        msgspec.structs.replace(scheduled(FIRST_NIGHT), language=""),
    ).then_shows("catalog.Screening", {"language": "Portuguese"}),
    "a movie may run twice a night": given(
        movie_added(),
        auditorium_added(),
        scheduled(FIRST_NIGHT),
        scheduled(at(13, 22, 30), screening="scr2"),
    ).then_shows(
        "catalog.Screening",
        {"screening": "scr1", "starts": FIRST_NIGHT},
        {"screening": "scr2", "starts": at(13, 22, 30)},
    ),
}
