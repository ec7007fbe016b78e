"""What everybody sees of a seat at this moment, and whose it is."""

from apps.booking.specs.examples import END, expired, held, pinned, released, sold, unpinned
from apps.eventlog.specifications import given

SEAT = "seatmap.Seat"
FREE = {"state": "available", "hold": None, "visitor": None, "until": None, "pinned": False}
HELD = {"state": "held", "hold": "h1", "visitor": "ann", "until": END, "pinned": False}
SOLD = {"state": "sold", "hold": "h1", "visitor": "ann", "until": None, "pinned": False}

SPECIFICATIONS = {
    "a held seat says whose it is, until when and since which event": given(held("A7")).then_shows(
        SEAT, {"screening": "s1", "seat": "A7", "position": 1} | HELD
    ),
    "a seat that was let go is available, as of then": given(
        held("A7", "A8"), released("A7", remaining=("A8",))
    ).then_shows(
        SEAT,
        {"seat": "A7", "position": 2} | FREE,
        {"seat": "A8", "position": 1} | HELD,
    ),
    "of seats that changed the new are held, the old available, to the same end": given(
        held("A7"), held("A8", earlier=("A7",)), released("A7", remaining=("A8",))
    ).then_shows(
        SEAT,
        {"seat": "A7", "position": 3} | FREE,
        {"seat": "A8", "position": 2} | HELD,
    ),
    "all seats of a hold that ran out are available": given(
        held("A7", "A8"), expired("A7", "A8")
    ).then_shows(
        SEAT,
        {"seat": "A7", "position": 2} | FREE,
        {"seat": "A8", "position": 2} | FREE,
    ),
    "a payment stops the clock, which nobody else sees": given(held("A7"), pinned("A7")).then_shows(
        SEAT, {"seat": "A7", "position": 1} | HELD | {"pinned": True}
    ),
    "a payment that failed lets the clock run on": given(
        held("A7"), pinned("A7"), unpinned("A7")
    ).then_shows(SEAT, {"seat": "A7", "position": 1} | HELD),
    "a sold seat stays its buyer's": given(held("A7"), pinned("A7"), sold("A7")).then_shows(
        SEAT, {"seat": "A7", "position": 3} | SOLD
    ),
    "a seat that came back goes to whoever takes it next": given(
        held("A7"), released("A7"), held("A7", by="bob", hold="h2")
    ).then_shows(
        SEAT, {"seat": "A7", "position": 3, "state": "held", "hold": "h2", "visitor": "bob"}
    ),
    "a late word about an earlier hold changes nothing": given(
        held("A7"), expired("A7"), held("A7", by="bob", hold="h2"), released("A7")
    ).then_shows(SEAT, {"seat": "A7", "position": 3, "state": "held", "hold": "h2"}),
}
