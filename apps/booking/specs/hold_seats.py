"""Hold seats: who gets them, who does not, and why."""

from datetime import timedelta

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.specs.examples import (
    END,
    LASTS,
    expired,
    held,
    on_sale,
    pinned,
    released,
    sold,
    unpinned,
)
from apps.eventlog.specifications import NOON, given


def hold(*seats: str, by: str = "ann", named: str = "h1") -> HoldSeats:
    return HoldSeats("s1", by, named, seats, LASTS)


ALL_OF_A = tuple(f"A{number}" for number in range(1, 9))
FIDGETING = [event for _ in range(20) for event in (held("A1"), released("A1"))]

SPECIFICATIONS = {
    "the first seat opens a hold": given(on_sale()).when(hold("A7")).then(held("A7")),
    "several seats in one go": given(on_sale()).when(hold("A7", "A8")).then(held("A7", "A8")),
    "the same seat twice in one wish is one seat": given(on_sale())
    .when(hold("A7", "A7"))
    .then(held("A7")),
    "a further seat joins the open hold, whose end stays": given(on_sale(), held("A7"))
    .when(hold("A8", named="h2"), at=NOON + timedelta(minutes=9))
    .then(held("A8", earlier=("A7",))),
    "a seat of one's own is held already": given(on_sale(), held("A7"))
    .when(hold("A7", named="h2"))
    .then_nothing(),
    "a seat that someone else holds": given(on_sale(), held("A7", by="bob"))
    .when(hold("A6", "A7", named="h2"))
    .then_rejected("A7 went to someone else a moment ago."),
    "a seat that someone else bought": given(
        on_sale(), held("A7", by="bob"), pinned("A7", by="bob"), sold("A7", by="bob")
    )
    .when(hold("A7", named="h2"), at=END)
    .then_rejected("A7 went to someone else a moment ago."),
    "a seat that one has bought": given(on_sale(), held("A7"), pinned("A7"), sold("A7"))
    .when(hold("A7", named="h2"))
    .then_rejected("You have bought A7 already."),
    "a seat that someone else is paying for, past its end": given(
        on_sale(), held("A7", by="bob"), pinned("A7", by="bob")
    )
    .when(hold("A7", named="h2"), at=END)
    .then_rejected("A7 went to someone else a moment ago."),
    "a seat that someone else let go": given(
        on_sale(), held("A7", by="bob"), released("A7", by="bob")
    )
    .when(hold("A7", named="h2"))
    .then(held("A7", hold="h2")),
    "a seat whose hold has expired": given(on_sale(), held("A7", by="bob"), expired("A7", by="bob"))
    .when(hold("A7", named="h2"), at=END)
    .then(held("A7", hold="h2", until=END + LASTS)),
    "taking one seat of a lapsed hold ends all of it": given(
        on_sale(), held("A7", by="bob"), held("A6", by="bob", earlier=("A7",))
    )
    .when(hold("A7", named="h2"), at=END)
    .then(expired("A7", "A6", by="bob"), held("A7", hold="h2", until=END + LASTS)),
    "a seat whose payment failed, past its end": given(
        on_sale(), held("A7", by="bob"), pinned("A7", by="bob"), unpinned("A7", by="bob")
    )
    .when(hold("A7", named="h2"), at=END)
    .then(expired("A7", by="bob"), held("A7", hold="h2", until=END + LASTS)),
    "one's own lapsed hold ends before a new one opens": given(on_sale(), held("A7"))
    .when(hold("A8", named="h2"), at=END)
    .then(expired("A7"), held("A8", hold="h2", until=END + LASTS)),
    "a late release frees nobody else's seat": given(
        on_sale(), held("A7"), expired("A7"), held("A7", by="bob", hold="h2"), released("A7")
    )
    .when(hold("A7", named="h3"))
    .then_rejected("A7 went to someone else a moment ago."),
    "eight seats are the most": given(on_sale(), held(*ALL_OF_A))
    .when(hold("B1", named="h2"))
    .then_rejected("Eight seats is the most in one go. Ring us for a bigger party."),
    "nine seats in one go": given(on_sale())
    .when(hold(*ALL_OF_A, "B1"))
    .then_rejected("Eight seats is the most in one go. Ring us for a bigger party."),
    "another seat while paying": given(on_sale(), held("A7"), pinned("A7"))
    .when(hold("A8", named="h2"))
    .then_rejected("You are paying for your seats. Finish or cancel that at your bank first."),
    "a new hold after buying": given(on_sale(), held("A7"), pinned("A7"), sold("A7"))
    .when(hold("A8", named="h2"))
    .then(held("A8", hold="h2")),
    "holding and letting go in a loop": given(on_sale(), *FIDGETING)
    .when(hold("A7", named="h2"))
    .then_rejected("You have let go of many seats just now. Please wait ten minutes."),
    "having rested": given(on_sale(), *FIDGETING)
    .when(hold("A7", named="h2"), at=NOON + timedelta(minutes=10))
    .then(held("A7", hold="h2", until=NOON + timedelta(minutes=10) + LASTS)),
    "no seat of that name": given(on_sale())
    .when(hold("A7", "Z99"))
    .then_rejected("There is no seat Z99 in Attic."),
    "no such screening": given().when(hold("A7")).then_rejected("There is no such screening."),
    "a screening that has begun": given(on_sale(starts=NOON))
    .when(hold("A7"))
    .then_rejected("This screening has begun, so its seats are no longer sold online."),
}
