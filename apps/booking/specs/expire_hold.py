"""Expire a hold: only one that ran out, and all of it."""

from apps.booking.commands.expire_hold import ExpireHold
from apps.booking.specs.examples import END, expired, held, pinned, released, sold, unpinned
from apps.eventlog.specifications import NOON, given


def expire(*seats: str) -> ExpireHold:
    return ExpireHold("s1", "h1", "ann", seats)


SPECIFICATIONS = {
    "its time is up": given(held("A7", "A8"))
    .when(expire("A7", "A8"), at=END)
    .then(expired("A7", "A8")),
    "its time is not up": given(held("A7")).when(expire("A7"), at=NOON).then_nothing(),
    "a payment pins it": given(held("A7"), pinned("A7")).when(expire("A7"), at=END).then_nothing(),
    "its payment failed": given(held("A7"), pinned("A7"), unpinned("A7"))
    .when(expire("A7"), at=END)
    .then(expired("A7")),
    "it was bought": given(held("A7"), pinned("A7"), sold("A7"))
    .when(expire("A7"), at=END)
    .then_nothing(),
    "it expired already": given(held("A7"), expired("A7"))
    .when(expire("A7"), at=END)
    .then_nothing(),
    "it was let go": given(held("A7"), released("A7")).when(expire("A7"), at=END).then_nothing(),
    "it has other seats than the to-do list says": given(held("A7"), held("A8", earlier=("A7",)))
    .when(expire("A7"), at=END)
    .then_nothing(),
}
