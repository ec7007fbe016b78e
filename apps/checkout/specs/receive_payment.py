"""Receive a payment: seats that are still there are sold, all other money goes back."""

from apps.booking.specs.examples import END, expired, held
from apps.checkout.commands.receive_payment import ReceivePayment
from apps.checkout.specs.examples import (
    BOTH,
    declined,
    issued,
    pinned,
    placed,
    received,
    refund_due,
    refunded,
    sold,
    unpinned,
)
from apps.eventlog.specifications import given


def receive(amount: int = 1900) -> ReceivePayment:
    return ReceivePayment("o1", "s1", "h1", BOTH, amount)


AT_THE_BANK = (held(*BOTH), placed(), pinned())
RAN_OUT = (*AT_THE_BANK, declined("expired"), unpinned())

SPECIFICATIONS = {
    "in time": given(*AT_THE_BANK).when(receive()).then(received(), sold()),
    "past the hold's end, which is pinned": given(*AT_THE_BANK)
    .when(receive(), at=END)
    .then(received(), sold()),
    "late, but nobody has taken the seats": given(*RAN_OUT)
    .when(receive(), at=END)
    .then(received(), sold()),
    "late, and the hold has expired": given(*RAN_OUT, expired(*BOTH))
    .when(receive(), at=END)
    .then(received(), refund_due()),
    "late, and someone else has one of the seats": given(
        *RAN_OUT, expired(*BOTH), held("A7", by="bob", hold="h2")
    )
    .when(receive(), at=END)
    .then(received(), refund_due()),
    "late, and another order has bought the hold": given(*RAN_OUT, pinned("o2"), sold("o2"))
    .when(receive())
    .then(received(), refund_due()),
    "late, while another order is at the bank: the first money buys": given(*RAN_OUT, pinned("o2"))
    .when(receive())
    .then(received(), sold()),
    "late, and the hold has one seat less": given(*RAN_OUT, expired(*BOTH), held("A7", hold="h2"))
    .when(receive())
    .then(received(), refund_due()),
    "another amount than was asked for": given(*AT_THE_BANK)
    .when(receive(1))
    .then(received(1), refund_due(1, "another amount"), unpinned()),
    "a second time": given(*AT_THE_BANK, received(), sold()).when(receive()).then_nothing(),
    "a second time, with tickets": given(*AT_THE_BANK, received(), sold(), issued())
    .when(receive())
    .then_nothing(),
    "a second time, gone back": given(placed(), received(), refund_due(), refunded())
    .when(receive())
    .then_nothing(),
    "for no order of ours": given().when(receive()).then_rejected("There is no such order."),
}
