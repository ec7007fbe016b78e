"""Hold seats for one visitor: deciding by each seat is the first guard against selling it twice."""

from datetime import datetime, timedelta
from typing import Annotated

from apps.booking.events import HoldExpired, SeatsReleased
from apps.booking.folds import Holds, HoldState, must_have_seats, must_not_be_paying, on_sale
from apps.booking.tags import Seat, Visitor
from apps.catalog.tags import Schedule
from apps.eventlog.commands import Boundary, Command, History, Rejected
from apps.eventlog.events import Event
from apps.eventlog.origins import origin

MAX_SEATS = 8
MAX_RELEASES, RELEASES_WITHIN = 20, timedelta(minutes=10)


class HoldSeats(Command, frozen=True):
    """Adds to the visitor's open hold; if there is none, opens `hold`, which `lasts` that long."""

    screening: str
    visitor: Annotated[str, origin("visitor's cookie")]
    hold: Annotated[str, origin("new id")]
    seats: tuple[str, ...]
    lasts: Annotated[timedelta, origin("setting HOLD_LASTS")]

    def boundary(self) -> Boundary:
        return (
            Schedule(self.screening),
            Visitor(self.screening, self.visitor),
            *(Seat(self.screening, seat) for seat in self.seats),
        )

    def decide(self, history: History, now: datetime) -> list[Event]:
        must_have_seats(on_sale(history, now), self.seats)
        holds = Holds(history)
        new = HoldState(self.screening, self.hold, self.visitor, (), now + self.lasts)
        mine = holds.open_of(self.visitor, now) or new
        wanted = mine.lacks(self.seats)
        if not wanted:
            return []
        must_not_be_paying(mine)
        must_have_room(len(mine.seats) + len(wanted))
        must_have_rested(history, self.visitor, now)
        must_be_free(wanted, self.visitor, holds, now)
        return [*ends_of_lapsed(wanted, self.visitor, holds, now), mine.held(wanted)]


def must_have_room(count: int) -> None:
    if count > MAX_SEATS:
        raise Rejected("Eight seats is the most in one go. Ring us for a bigger party.")


def must_have_rested(history: History, visitor: str, now: datetime) -> None:
    since = now - RELEASES_WITHIN
    releases = [
        event
        for event in history
        if isinstance(event, SeatsReleased) and event.visitor == visitor and event.at > since
    ]
    if len(releases) >= MAX_RELEASES:
        raise Rejected("You have let go of many seats just now. Please wait ten minutes.")


def must_be_free(wanted: tuple[str, ...], visitor: str, holds: Holds, now: datetime) -> None:
    in_the_way = {seat: hold for seat in wanted if (hold := holds.of_seat(seat))}
    taken = {seat: hold for seat, hold in in_the_way.items() if not hold.lapsed(now)}
    if taken and all(hold.visitor == visitor for hold in taken.values()):
        raise Rejected("You have bought {seats} already.", seats=tuple(taken))
    if taken:
        raise Rejected("{seats} went to someone else a moment ago.", seats=tuple(taken))


def ends_of_lapsed(
    wanted: tuple[str, ...], visitor: str, holds: Holds, now: datetime
) -> list[HoldExpired]:
    """Whoever takes a lapsed seat first ends its whole hold, so that nobody finds half of it."""
    concerned = (*(holds.of_seat(seat) for seat in wanted), holds.last_of(visitor))
    lapsed = {hold.hold: hold for hold in concerned if hold and hold.lapsed(now)}
    return [hold.expired() for hold in lapsed.values()]
