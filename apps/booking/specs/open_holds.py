"""To do: the holds that are to end when their time is up, unless a payment pins them."""

from apps.booking.specs.examples import END, expired, held, pinned, released, sold, unpinned
from apps.eventlog.specifications import given

HOLD = "booking.OpenHold"

SPECIFICATIONS = {
    "a hold waits for its end": given(held("A7")).then_shows(
        HOLD,
        {
            "hold": "h1",
            "screening": "s1",
            "visitor": "ann",
            "seats": ["A7"],
            "until": END,
            "pinned": False,
        },
    ),
    "a further seat joins it": given(held("A7"), held("A8", earlier=("A7",))).then_shows(
        HOLD, {"hold": "h1", "seats": ["A7", "A8"], "until": END}
    ),
    "a seat that was let go leaves it": given(
        held("A7", "A8"), released("A7", remaining=("A8",))
    ).then_shows(HOLD, {"hold": "h1", "seats": ["A8"]}),
    "all its seats changed, and it waits for the same end": given(
        held("A7"), held("A8", earlier=("A7",)), released("A7", remaining=("A8",))
    ).then_shows(HOLD, {"hold": "h1", "seats": ["A8"], "until": END}),
    "without a seat there is nothing to wait for": given(held("A7"), released("A7")).then_shows(
        HOLD
    ),
    "a payment stops its clock": given(held("A7"), pinned("A7")).then_shows(
        HOLD, {"hold": "h1", "until": END, "pinned": True}
    ),
    "a payment that failed lets it run on, to the same end": given(
        held("A7"), pinned("A7"), unpinned("A7")
    ).then_shows(HOLD, {"hold": "h1", "until": END, "pinned": False}),
    "what has expired is done": given(held("A7"), expired("A7")).then_shows(HOLD),
    "what is sold never runs out": given(held("A7"), pinned("A7"), sold("A7")).then_shows(HOLD),
}
