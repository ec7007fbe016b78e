"""Change seats: the new ones for the old in one step, to the same end; or all stays as it was."""

from datetime import timedelta

from apps.booking.commands.change_seats import ChangeSeats
from apps.booking.specs.examples import (
    END,
    LASTS,
    expired,
    held,
    on_sale,
    pinned,
    released,
    sold,
)
from apps.eventlog.specifications import NOON, given


def change(
    *seats: str, had: tuple[str, ...] = (), by: str = "ann", named: str = "h2"
) -> ChangeSeats:
    return ChangeSeats("s1", by, named, seats, had, LASTS)


LATER = NOON + timedelta(minutes=9)
ALL_OF_A = tuple(f"A{number}" for number in range(1, 9))
ALL_OF_B = tuple(f"B{number}" for number in range(1, 9))
FIDGETING = [event for _ in range(20) for event in (held("A1"), released("A1"))]

SPECIFICATIONS = {
    "one seat for another that came free: the hold stays, and so does its end": given(
        on_sale(),
        held("A8", by="bob", hold="h3"),
        held("A7"),
        released("A8", by="bob", hold="h3"),
    )
    .when(change("A8", had=("A7",)), at=LATER)
    .then(held("A8", earlier=("A7",)), released("A7", remaining=("A8",), at=LATER)),
    "one of two": given(on_sale(), held("A6", "A7"))
    .when(change("A6", "A8", had=("A6", "A7")))
    .then(held("A8", earlier=("A6", "A7")), released("A7", remaining=("A6", "A8"))),
    "all of eight": given(on_sale(), held(*ALL_OF_A))
    .when(change(*ALL_OF_B, had=ALL_OF_A))
    .then(held(*ALL_OF_B, earlier=ALL_OF_A), released(*ALL_OF_A, remaining=ALL_OF_B)),
    "one of eight, for a seat that is gone: all eight stay": given(
        on_sale(), held(*ALL_OF_A), held("B1", by="bob", hold="h3")
    )
    .when(change(*ALL_OF_A[1:], "B1", had=ALL_OF_A))
    .then_rejected("B1 went to someone else a moment ago."),
    "one of eight for two": given(on_sale(), held(*ALL_OF_A))
    .when(change(*ALL_OF_A[1:], "B1", "B2", had=ALL_OF_A))
    .then_rejected("Eight seats is the most in one go. Ring us for a bigger party."),
    "a seat that came in another window stays": given(
        on_sale(), held("A7"), held("C1", earlier=("A7",))
    )
    .when(change("A8", had=("A7",)))
    .then(held("A8", earlier=("A7", "C1")), released("A7", remaining=("C1", "A8"))),
    "a seat that came in another window counts": given(
        on_sale(), held(*ALL_OF_A[1:]), held("B9", earlier=ALL_OF_A[1:])
    )
    .when(change(*ALL_OF_A, had=ALL_OF_A[1:]))
    .then_rejected("Eight seats is the most in one go. Ring us for a bigger party."),
    "no other seats": given(on_sale(), held("A6", "A7"))
    .when(change("A7", "A6", had=("A6", "A7")))
    .then_nothing(),
    "letting go only": given(on_sale(), held("A6", "A7"))
    .when(change("A6", had=("A6", "A7")))
    .then(released("A7", remaining=("A6",))),
    "letting go of all, when the screening has begun": given(on_sale(starts=NOON), held("A7"))
    .when(change(had=("A7",)))
    .then(released("A7")),
    "holding only": given(on_sale()).when(change("A7")).then(held("A7", hold="h2")),
    "a seat that someone else bought": given(
        on_sale(),
        held("A7"),
        held("A8", by="bob", hold="h3"),
        pinned("A8", by="bob", hold="h3"),
        sold("A8", by="bob", hold="h3"),
    )
    .when(change("A8", had=("A7",)))
    .then_rejected("A8 went to someone else a moment ago."),
    "a seat that one has bought": given(on_sale(), held("A7"), pinned("A7"), sold("A7"))
    .when(change("A7", "A8", had=("A7",)))
    .then_rejected("You have bought A7 already."),
    "a seat of a lapsed hold ends all of that": given(
        on_sale(), held("A7", until=END + LASTS), held("A8", "A9", by="bob", hold="h3")
    )
    .when(change("A8", had=("A7",)), at=END)
    .then(
        expired("A8", "A9", by="bob", hold="h3"),
        held("A8", earlier=("A7",), until=END + LASTS),
        released("A7", remaining=("A8",), at=END),
    ),
    "one's own hold has lapsed: a new one opens": given(on_sale(), held("A6", "A7"))
    .when(change("A6", "A8", had=("A6", "A7")), at=END)
    .then(expired("A6", "A7"), held("A6", "A8", hold="h2", until=END + LASTS)),
    "one's own hold has lapsed, and a seat of it is someone else's": given(
        on_sale(), held("A6", "A7"), expired("A6", "A7"), held("A6", by="bob", hold="h3", until=END)
    )
    .when(change("A6", "A8", had=("A6", "A7")), at=LATER)
    .then_rejected("A6 went to someone else a moment ago."),
    "letting go of a hold that has lapsed": given(on_sale(), held("A7"))
    .when(change(had=("A7",)), at=END)
    .then_nothing(),
    "nobody lets go of the seats of others": given(on_sale(), held("A7", by="bob"))
    .when(change("A8", had=("A7",)))
    .then(held("A8", hold="h2")),
    "while paying": given(on_sale(), held("A7"), pinned("A7"))
    .when(change("A8", had=("A7",)))
    .then_rejected("You are paying for your seats. Finish or cancel that at your bank first."),
    "letting go while paying": given(on_sale(), held("A6", "A7"), pinned("A6", "A7"))
    .when(change("A6", had=("A6", "A7")))
    .then_rejected("You are paying for your seats. Finish or cancel that at your bank first."),
    "changing in a loop": given(on_sale(), *FIDGETING, held("A7"))
    .when(change("A8", had=("A7",)))
    .then_rejected("You have let go of many seats just now. Please wait ten minutes."),
    "no seat of that name": given(on_sale(), held("A7"))
    .when(change("Z99", had=("A7",)))
    .then_rejected("There is no seat Z99 in Attic."),
    "no such screening": given().when(change("A7")).then_rejected("There is no such screening."),
    "a screening that has begun": given(on_sale(starts=NOON), held("A7"))
    .when(change("A8", had=("A7",)))
    .then_rejected("This screening has begun, so its seats are no longer sold online."),
}
