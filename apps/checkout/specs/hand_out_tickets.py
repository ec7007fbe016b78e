"""The automation that hands out tickets: one a seat, once the order is paid."""

from apps.checkout.events import Ticket, TicketsIssued
from apps.checkout.specs.examples import BOTH, issued, placed, received, refund_due
from apps.checkout.tickets import code_of
from apps.eventlog.specifications import given

HANDS_OUT = "checkout.hand_out_tickets"

SPECIFICATIONS = {
    "a paid order": given(placed(), received())
    .when_runs(HANDS_OUT)
    .then(TicketsIssued("o1", tuple(Ticket(seat, code_of("o1", seat)) for seat in BOTH))),
    "an order that has its tickets": given(placed(), received(), issued())
    .when_runs(HANDS_OUT)
    .then_nothing(),
    "an order at the bank": given(placed()).when_runs(HANDS_OUT).then_nothing(),
    "an order whose money goes back": given(placed(), received(), refund_due())
    .when_runs(HANDS_OUT)
    .then_nothing(),
}
