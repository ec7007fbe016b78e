"""Decline a payment: the hold ends when it would have ended, and nothing else changes."""

from apps.booking.specs.examples import END, expired, held
from apps.checkout.commands.decline_payment import DeclinePayment
from apps.checkout.specs.examples import BOTH, declined, pinned, placed, received, sold, unpinned
from apps.eventlog.specifications import given


def decline(reason: str = "declined") -> DeclinePayment:
    return DeclinePayment("o1", "s1", "h1", BOTH, reason)


AT_THE_BANK = (held(*BOTH), placed(), pinned())

SPECIFICATIONS = {
    "the bank said no": given(*AT_THE_BANK).when(decline()).then(declined(), unpinned()),
    "the bank said nothing in time": given(*AT_THE_BANK)
    .when(decline("expired"), at=END)
    .then(declined("expired"), unpinned()),
    "a second time": given(*AT_THE_BANK, declined(), unpinned()).when(decline()).then_nothing(),
    "after the money came": given(*AT_THE_BANK, received(), sold()).when(decline()).then_nothing(),
    "a hold that is gone": given(held(*BOTH), placed(), expired(*BOTH))
    .when(decline())
    .then(declined()),
    "a hold that another order pins": given(held(*BOTH), placed(), pinned("o2"))
    .when(decline())
    .then(declined()),
    "for no order of ours": given().when(decline()).then_rejected("There is no such order."),
}
