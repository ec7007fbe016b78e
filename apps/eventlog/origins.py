"""Where a field's value comes from, where its name does not tell.

    class HoldSeats(Command, frozen=True):
        screening: str  # the screen has one, too: nothing to say
        lasts: Annotated[timedelta, origin("setting HOLD_LASTS")]

    @event("checkout.OrderPlaced")
    class OrderPlaced(Event, frozen=True):
        amount: Annotated[int, origin("price", "seats")]

A field's origins are fields of what stands before it: an event's are the command's and those of the
events that the command looked at, a command's are the screen's. Or they lie outside: OUTSIDE. The
event model's checks hold every field to that. On a Django model it is `origins = {"column": (…)}`.
"""

import msgspec

# "setting NAME" too: an operator's choice.
OUTSIDE = {
    "clock": "the database's time",
    "new id": "made up for this wish; a repeat makes the same",
    "visitor's cookie": "who this browser is",
    "decision": "says which way the decision went",
    "position": "the event's place in the log",
    "event's name": "which of its events came last",
}


def origin(*names: str) -> msgspec.Meta:
    return msgspec.Meta(extra={"origins": names})
