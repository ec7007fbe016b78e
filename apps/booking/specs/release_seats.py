"""Let go of seats: one's own, as one sees them, and not while paying."""

from apps.booking.commands.release_seats import ReleaseSeats
from apps.booking.specs.examples import END, expired, held, pinned, released, sold
from apps.eventlog.specifications import given


def release(*seats: str, of: tuple[str, ...], by: str = "ann") -> ReleaseSeats:
    return ReleaseSeats("s1", by, "h1", seats, of)


BOTH = ("A7", "A8")

SPECIFICATIONS = {
    "one of two": given(held(*BOTH))
    .when(release("A7", of=BOTH))
    .then(released("A7", remaining=("A8",))),
    "the last one": given(held("A7")).when(release("A7", of=("A7",))).then(released("A7")),
    "one that is free already": given(held(*BOTH), released("A7", remaining=("A8",)))
    .when(release("A7", of=("A8",)))
    .then_nothing(),
    "after the hold ran out": given(held("A7"))
    .when(release("A7", of=("A7",)), at=END)
    .then_nothing(),
    "after it expired": given(held("A7"), expired("A7"))
    .when(release("A7", of=("A7",)), at=END)
    .then_nothing(),
    "after it was bought": given(held("A7"), pinned("A7"), sold("A7"))
    .when(release("A7", of=("A7",)))
    .then_nothing(),
    "someone else's": given(held("A7", by="bob"))
    .when(release("A7", of=("A7",)))
    .then_rejected("These seats are not yours to let go."),
    "a hold that never was": given()
    .when(release("A7", of=("A7",)))
    .then_rejected("These seats are not yours to let go."),
    "while paying": given(held("A7"), pinned("A7"))
    .when(release("A7", of=("A7",)))
    .then_rejected("You are paying for your seats. Finish or cancel that at your bank first."),
    "a hold that grew in another window": given(held("A7"), held("A8", earlier=("A7",)))
    .when(release("A7", of=("A7",)))
    .then_rejected("Your seats have changed in another window. Reload the page to see them."),
}
