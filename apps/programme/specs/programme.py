"""What is on: the movies, their screenings, and how many seats of each are taken."""

from datetime import timedelta

import msgspec

from apps.booking.specs.examples import expired, held, on_sale, pinned, released, sold
from apps.catalog.specs.examples import movie_added
from apps.eventlog.events import Event
from apps.eventlog.specifications import NOON, TableSpecification, given

STARTS = NOON + timedelta(hours=8)
ACCESSIBLE = msgspec.structs.replace(on_sale(), plan=("A wc##cw",))


def taken(*events: Event, seats: int) -> TableSpecification:
    """How many seats of a screening the programme counts as taken after these events."""
    shown = {"screening": "s1", "taken": seats}
    return given(movie_added("m1"), on_sale(), *events).then_shows("programme.Screening", shown)


SPECIFICATIONS = {
    "a screening is on with every seat free": given(movie_added("m1"), on_sale()).then_shows(
        "programme.Screening",
        {
            "screening": "s1",
            "movie": "m1",
            "auditorium_name": "Attic",
            "starts": STARTS,
            "ends": STARTS + timedelta(minutes=140),
            "price": 950,
            "seats": 20,
            "taken": 0,
            "format": "2D",
            "language": "Portuguese",
            "subtitles": "English",
            "wheelchair_spaces": [],
            "wheelchair_taken": 0,
        },
    ),
    "a screening of old speaks the movie's language": given(
        movie_added("m1"), msgspec.structs.replace(on_sale(), language="")
    ).then_shows("programme.Screening", {"language": "Portuguese"}),
    "the wheelchair spaces of its plan are known by name": given(
        movie_added("m1"), ACCESSIBLE
    ).then_shows("programme.Screening", {"seats": 6, "wheelchair_spaces": ["A1", "A6"]}),
    "wheelchair spaces that are taken are counted": given(
        movie_added("m1"), ACCESSIBLE, held("A5", "A6")
    ).then_shows("programme.Screening", {"taken": 2, "wheelchair_taken": 1}),
    "a wheelchair space that was let go is free again": given(
        movie_added("m1"), ACCESSIBLE, held("A5", "A6"), expired("A5", "A6")
    ).then_shows("programme.Screening", {"taken": 0, "wheelchair_taken": 0}),
    "a movie has its page as soon as it is added": given(movie_added()).then_shows(
        "programme.Movie",
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
    "a movie is found by the words of its title, genre, language and synopsis": given(
        msgspec.structs.replace(
            movie_added(), title="Zoë’s Night-Bus", genre="Drama", synopsis="One wrong LINE."
        )
    ).then_shows("programme.Movie", {"words": " zoe s night bus drama portuguese one wrong line"}),
    "held seats are taken": taken(held("A7", "A8"), seats=2),
    "a further seat of the same hold is counted once": taken(
        held("A7"), held("A8", earlier=("A7",)), seats=2
    ),
    "a seat that was let go is free again": taken(
        held("A7", "A8"), released("A7", remaining=("A8",)), seats=1
    ),
    "all seats of a hold that ran out are free again": taken(
        held("A7", "A8"), expired("A7", "A8"), seats=0
    ),
    "buying changes nothing: the seats were taken before": taken(
        held("A7", "A8"), pinned("A7", "A8"), sold("A7", "A8"), seats=2
    ),
    "everybody's seats add up": taken(held("A7"), held("B1", by="bob", hold="h2"), seats=2),
}
