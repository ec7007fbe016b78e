"""What keeps booking's tables."""

from apps.booking.events import (
    HoldExpired,
    HoldPinned,
    HoldUnpinned,
    SeatsHeld,
    SeatsReleased,
    SeatsSold,
)
from apps.booking.models import Claim, OpenHold
from apps.eventlog.inline import Rows, Statement, inline, refold
from apps.eventlog.projections import Projection


@inline(SeatsHeld)
def claim_seats(event: SeatsHeld, nth: int) -> Statement:
    # A plain insert: an upsert would let a double booking through in silence.
    return (
        "INSERT INTO booking_claim (screening, seat, hold)"
        " SELECT %s, seat, %s FROM unnest(%s::text[]) AS seat",
        (event.screening, event.hold, sorted(event.seats)),
    )


@inline(SeatsReleased, HoldExpired)
def give_up_seats(event: SeatsReleased | HoldExpired, nth: int) -> Statement:
    return (
        "DELETE FROM booking_claim WHERE screening = %s AND seat = ANY(%s::text[]) AND hold = %s",
        (event.screening, sorted(event.seats), event.hold),
    )


@refold(Claim, SeatsHeld)
def claim_again(rows: Rows, event: SeatsHeld, position: int) -> None:
    for seat in event.seats:
        if (event.screening, seat) in rows:
            raise ValueError(f"the log gives {seat} of {event.screening} away twice, at {position}")
        rows[event.screening, seat] = event.screening, seat, event.hold


@refold(Claim, SeatsReleased, HoldExpired)
def give_up_again(rows: Rows, event: SeatsReleased | HoldExpired, position: int) -> None:
    for seat in event.seats:
        if rows.get((event.screening, seat)) == (event.screening, seat, event.hold):
            del rows[event.screening, seat]


open_holds = Projection("booking.open_holds", OpenHold)


@open_holds.on(SeatsHeld)
def note(event: SeatsHeld, position: int) -> None:
    OpenHold.objects.update_or_create(
        hold=event.hold,
        defaults={
            "screening": event.screening,
            "visitor": event.visitor,
            "seats": list(event.all_seats()),
            "until": event.until,
        },
    )


@open_holds.on(SeatsReleased)
def shrink(event: SeatsReleased, position: int) -> None:
    if event.remaining:
        OpenHold.objects.filter(hold=event.hold).update(seats=list(event.remaining))
    else:
        OpenHold.objects.filter(hold=event.hold).delete()


@open_holds.on(HoldPinned, HoldUnpinned)
def pin(event: HoldPinned | HoldUnpinned, position: int) -> None:
    pinned = isinstance(event, HoldPinned)
    OpenHold.objects.filter(hold=event.hold).update(pinned=pinned)


@open_holds.on(HoldExpired, SeatsSold)
def drop(event: HoldExpired | SeatsSold, position: int) -> None:
    OpenHold.objects.filter(hold=event.hold).delete()
