"""What keeps the map's tables: screenings by catching up, seats in the appending transaction."""

from collections.abc import Iterator

from apps.booking.events import (
    HoldExpired,
    HoldPinned,
    HoldUnpinned,
    SeatsHeld,
    SeatsReleased,
    SeatsSold,
)
from apps.catalog.events import MovieAdded, ScreeningScheduled
from apps.eventlog.inline import Row, Rows, Statement, inline, refold
from apps.eventlog.projections import Projection
from apps.seatmap.models import Movie, Screening, Seat

seatmap = Projection("seatmap", Movie, Screening)


@seatmap.on(MovieAdded)
def note_slug(event: MovieAdded, position: int) -> None:
    Movie.objects.create(movie=event.movie, slug=event.slug)


@seatmap.on(ScreeningScheduled)
def show_screening(event: ScreeningScheduled, position: int) -> None:
    slugs = Movie.objects.filter(movie=event.movie).values_list("slug", flat=True)
    Screening.objects.create(
        screening=event.screening,
        title=event.title,
        slug=slugs.first() or "",
        auditorium_name=event.auditorium_name,
        plan=list(event.plan),
        starts=event.starts,
        price=event.price,
    )


# An upsert is right here: who may have a seat is decided before, and guarded by booking's claims.
HOLD = """
INSERT INTO seatmap_seat AS kept
    (screening, seat, state, position, hold, visitor, until, pinned)
SELECT %s, seat, 'held', eventlog_position(%s), %s, %s, %s, false
FROM unnest(%s::text[]) AS seat
ON CONFLICT (screening, seat) DO UPDATE SET
    state = 'held', position = excluded.position, hold = excluded.hold,
    visitor = excluded.visitor, until = excluded.until, pinned = false
"""
# Only rows of the hold that the event names, locked in the order of their keys.
OF_HOLD = """
FROM (
    SELECT seat AS name FROM seatmap_seat
    WHERE screening = %s AND seat = ANY(%s::text[]) AND hold = %s ORDER BY seat FOR UPDATE
) AS wanted
WHERE screening = %s AND seat = wanted.name
"""
FREE = f"""
UPDATE seatmap_seat SET state = 'available', position = eventlog_position(%s),
    hold = NULL, visitor = NULL, until = NULL, pinned = false
{OF_HOLD}
"""
SELL = f"""
UPDATE seatmap_seat SET state = 'sold', position = eventlog_position(%s),
    until = NULL, pinned = false
{OF_HOLD}
"""
PIN = f"UPDATE seatmap_seat SET pinned = %s {OF_HOLD}"


@inline(SeatsHeld)
def hold_seats(event: SeatsHeld, nth: int) -> Statement:
    seats = sorted(event.seats)
    return HOLD, (event.screening, nth, event.hold, event.visitor, event.until, seats)


@inline(SeatsReleased, HoldExpired)
def free_seats(event: SeatsReleased | HoldExpired, nth: int) -> Statement:
    return FREE, (nth, *_of_hold(event))


@inline(SeatsSold)
def sell_seats(event: SeatsSold, nth: int) -> Statement:
    return SELL, (nth, *_of_hold(event))


@inline(HoldPinned, HoldUnpinned)
def pin_seats(event: HoldPinned | HoldUnpinned, nth: int) -> Statement:
    """Viewers see no difference, so the seats keep their positions."""
    return PIN, (isinstance(event, HoldPinned), *_of_hold(event))


type _Change = SeatsReleased | HoldExpired | SeatsSold | HoldPinned | HoldUnpinned


def _of_hold(event: _Change) -> tuple[object, ...]:
    return (event.screening, sorted(event.seats), event.hold, event.screening)


@refold(Seat, SeatsHeld)
def hold_again(rows: Rows, event: SeatsHeld, position: int) -> None:
    taken = "held", position, event.hold, event.visitor, event.until, False
    for seat in event.seats:
        key = event.screening, seat
        rows[key] = key + taken


@refold(Seat, SeatsReleased, HoldExpired)
def free_again(rows: Rows, event: SeatsReleased | HoldExpired, position: int) -> None:
    free = "available", position, None, None, None, False
    for key, _ in _held(rows, event):
        rows[key] = key + free


@refold(Seat, SeatsSold)
def sell_again(rows: Rows, event: SeatsSold, position: int) -> None:
    for key, row in _held(rows, event):
        rows[key] = (*key, "sold", position, event.hold, row[VISITOR], None, False)


@refold(Seat, HoldPinned, HoldUnpinned)
def pin_again(rows: Rows, event: HoldPinned | HoldUnpinned, position: int) -> None:
    for key, row in _held(rows, event):
        rows[key] = (*row[:-1], isinstance(event, HoldPinned))


HOLDER, VISITOR = 4, 5


def _held(rows: Rows, event: _Change) -> Iterator[tuple[Row, Row]]:
    """The rows of the hold that the event names."""
    for seat in event.seats:
        key = event.screening, seat
        row = rows.get(key)
        if row and row[HOLDER] == event.hold:
            yield key, row
