"""A long history: screenings sold out, with some holds that came to nothing, and some not begun."""

from collections.abc import Iterator
from datetime import UTC, datetime

from apps.booking.events import HoldExpired, SeatsHeld, SeatsReleased, SeatsSold
from apps.eventlog.events import Event
from benchmarks.cinema import GROUPS, scheduled, screening_id, seats_of

THEN = datetime(2026, 11, 1, tzinfo=UTC)
EVENTS_OF_A_SCREENING = 1 + 2 * GROUPS
MILLION = 1_000_000


def history(events: int, unsold: int) -> Iterator[Event]:
    """So many events. The first `unsold` screenings are on sale, and nobody has come yet."""
    for number in range(unsold):
        yield scheduled(number)
    left, number = events - unsold, unsold
    while left > 0:
        for event, _ in zip(of_screening(number), range(left), strict=False):
            yield event
            left -= 1
        number += 1


def of_screening(number: int) -> Iterator[Event]:
    yield scheduled(number)
    for group in range(GROUPS):
        yield from of_hold(number, group)


def of_hold(number: int, group: int) -> Iterator[Event]:
    """Held, then sold; one in four runs out and one in eight is let go."""
    screening, seats = screening_id(number), seats_of(group)
    visitor, hold = f"a{number:011}{group:020}", f"b{number:011}{group:020}"
    yield SeatsHeld(screening, hold, visitor, seats, earlier=(), until=THEN)
    if group % 4 == 1:
        yield HoldExpired(screening, hold, visitor, seats)
    elif group % 8 == 2:
        yield SeatsReleased(screening, hold, visitor, seats, remaining=(), at=THEN)
    else:
        yield SeatsSold(screening, hold, visitor, seats, payment=f"c{hold[1:]}")
