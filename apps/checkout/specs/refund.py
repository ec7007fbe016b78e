"""The automation that sends money back."""

from apps.checkout.specs.examples import placed, received, refund_due, refunded
from apps.eventlog.specifications import given

REFUNDS = "checkout.refund"

SPECIFICATIONS = {
    "money that is due": given(placed(), received(), refund_due())
    .when_runs(REFUNDS)
    .then(refunded()),
    "money that came in too small": given(placed(), received(1), refund_due(1))
    .when_runs(REFUNDS)
    .then(refunded(1)),
    "money that has gone back": given(placed(), received(), refund_due(), refunded())
    .when_runs(REFUNDS)
    .then_nothing(),
    "a paid order": given(placed(), received()).when_runs(REFUNDS).then_nothing(),
}
