"""What the map is drawn from: a screening's plan, title and price, and its movie's poster."""

from datetime import timedelta

from apps.booking.specs.examples import on_sale
from apps.catalog.specs.examples import movie_added
from apps.eventlog.specifications import NOON, given

SPECIFICATIONS = {
    "a screening has its map, with the poster of its movie beside it": given(
        movie_added("m1"), on_sale()
    ).then_shows(
        "seatmap.Screening",
        {
            "screening": "s1",
            "title": "The Salt Meridian",
            "slug": "the-salt-meridian",
            "auditorium_name": "Attic",
            "plan": ["A ##########", "B ##########"],
            "starts": NOON + timedelta(hours=8),
            "price": 950,
        },
    ),
    "a movie's address finds its poster": given(movie_added()).then_shows(
        "seatmap.Movie", {"movie": "mov1", "slug": "the-salt-meridian"}
    ),
    "without its movie a screening has its map, and no poster": given(on_sale()).then_shows(
        "seatmap.Screening", {"screening": "s1", "title": "The Salt Meridian", "slug": ""}
    ),
}
