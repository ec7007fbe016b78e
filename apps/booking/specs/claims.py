"""The second guard against selling a seat twice: one row for each taken seat, and never two."""

from apps.booking.specs.examples import expired, held, pinned, released, sold
from apps.eventlog.specifications import given

CLAIM = "booking.Claim"

SPECIFICATIONS = {
    "a held seat is claimed for its hold": given(held("A7")).then_shows(
        CLAIM, {"screening": "s1", "seat": "A7", "hold": "h1"}
    ),
    "a further seat is claimed too": given(held("A7"), held("A8", earlier=("A7",))).then_shows(
        CLAIM, {"seat": "A7", "hold": "h1"}, {"seat": "A8", "hold": "h1"}
    ),
    "a seat that was let go is claimed no longer": given(
        held("A7", "A8"), released("A7", remaining=("A8",))
    ).then_shows(CLAIM, {"seat": "A8", "hold": "h1"}),
    "a hold that ran out claims nothing": given(held("A7", "A8"), expired("A7", "A8")).then_shows(
        CLAIM
    ),
    "of seats that changed the new are claimed": given(
        held("A7"), held("A8", earlier=("A7",)), released("A7", remaining=("A8",))
    ).then_shows(CLAIM, {"seat": "A8", "hold": "h1"}),
    "a sold seat stays claimed": given(held("A7"), pinned("A7"), sold("A7")).then_shows(
        CLAIM, {"seat": "A7", "hold": "h1"}
    ),
    "a seat that came back is claimed for the next hold": given(
        held("A7"), expired("A7"), held("A7", by="bob", hold="h2")
    ).then_shows(CLAIM, {"seat": "A7", "hold": "h2"}),
    "a late word about an earlier hold gives nothing up": given(
        held("A7"), expired("A7"), held("A7", by="bob", hold="h2"), released("A7")
    ).then_shows(CLAIM, {"seat": "A7", "hold": "h2"}),
}
