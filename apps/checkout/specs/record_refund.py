"""Record a refund: once, for money that was due to go back."""

from apps.checkout.commands.record_refund import RecordRefund
from apps.checkout.specs.examples import placed, received, refund_due, refunded
from apps.eventlog.specifications import given

RECORD = RecordRefund("o1")

SPECIFICATIONS = {
    "money that is due": given(placed(), received(), refund_due()).when(RECORD).then(refunded()),
    "what came in, be it another amount": given(placed(), received(1), refund_due(1))
    .when(RECORD)
    .then(refunded(1)),
    "a second time": given(placed(), received(), refund_due(), refunded())
    .when(RECORD)
    .then_nothing(),
    "a paid order": given(placed(), received()).when(RECORD).then_nothing(),
    "no order of ours": given().when(RECORD).then_rejected("There is no such order."),
}
