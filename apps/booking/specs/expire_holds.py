"""The automation that frees holds: those past their end, and no others."""

from apps.booking.specs.examples import expired, held, pinned, released, sold, unpinned
from apps.eventlog.specifications import FUTURE, PAST, given

EXPIRES = "booking.expire_holds"

SPECIFICATIONS = {
    "a hold past its end": given(held("A7", "A8", until=PAST))
    .when_runs(EXPIRES)
    .then(expired("A7", "A8")),
    "what is left of a hold": given(held("A7", "A8", until=PAST), released("A7", remaining=("A8",)))
    .when_runs(EXPIRES)
    .then(expired("A8")),
    "a hold with time left": given(held("A7", until=FUTURE)).when_runs(EXPIRES).then_nothing(),
    "a hold that a payment pins": given(held("A7", until=PAST), pinned("A7"))
    .when_runs(EXPIRES)
    .then_nothing(),
    "a hold whose payment failed": given(held("A7", until=PAST), pinned("A7"), unpinned("A7"))
    .when_runs(EXPIRES)
    .then(expired("A7")),
    "seats that are sold": given(held("A7", until=PAST), pinned("A7"), sold("A7"))
    .when_runs(EXPIRES)
    .then_nothing(),
    "a hold that was let go": given(held("A7", until=PAST), released("A7"))
    .when_runs(EXPIRES)
    .then_nothing(),
    "a hold that has expired": given(held("A7", until=PAST), expired("A7"))
    .when_runs(EXPIRES)
    .then_nothing(),
    "two holds, the oldest first": given(
        held("A7", until=PAST), held("B1", by="bob", hold="h2", until=PAST)
    )
    .when_runs(EXPIRES)
    .then(expired("A7"), expired("B1", by="bob", hold="h2")),
}
