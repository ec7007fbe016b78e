"""The automation that ends payments which the bank has not answered in time."""

from datetime import timedelta

from apps.booking.specs.examples import held
from apps.checkout.specs.examples import BOTH, declined, pinned, placed, unpinned
from apps.eventlog.specifications import FUTURE, PAST, given

CLOSES = "checkout.close_payments"

SPECIFICATIONS = {
    "its time is up, and the bank knows of no money": given(held(*BOTH), placed(at=PAST), pinned())
    .when_runs(CLOSES)
    .then(declined("expired"), unpinned()),
    "it has time left": given(held(*BOTH), placed(at=FUTURE - timedelta(days=1)), pinned())
    .when_runs(CLOSES)
    .then_nothing(),
    "the bank has answered": given(held(*BOTH), placed(at=PAST), pinned(), declined(), unpinned())
    .when_runs(CLOSES)
    .then_nothing(),
}
