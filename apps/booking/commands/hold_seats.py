"""Hold seats for one visitor: deciding by each seat is the first guard against selling it twice."""

from datetime import datetime, timedelta
from typing import Annotated

from apps.booking.events import SeatsHeld, SeatsReleased
from apps.booking.folds import Holds, HoldState, must_have_seats, on_sale
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
        mine = holds.last_of(self.visitor)
        still_mine = mine if mine and mine.open(now) else None
        wanted = self._not_yet_in(still_mine)
        if not wanted:
            return []
        self._must_not_be_paying(still_mine)
        self._must_have_room(still_mine, wanted)
        self._must_have_rested(history, now)
        in_the_way = [hold for seat in wanted if (hold := holds.of_seat(seat))]
        if taken := [s for s in wanted if (hold := holds.of_seat(s)) and not hold.lapsed(now)]:
            raise self._taken(tuple(taken), holds)
        lapsed = {hold.hold: hold for hold in (*in_the_way, mine) if hold and hold.lapsed(now)}
        # Whoever takes a lapsed seat first ends its whole hold, so that nobody finds half of it.
        return [*(hold.expired() for hold in lapsed.values()), self._held(still_mine, wanted, now)]

    def _not_yet_in(self, mine: HoldState | None) -> tuple[str, ...]:
        already = mine.seats if mine else ()
        return tuple(dict.fromkeys(seat for seat in self.seats if seat not in already))

    def _must_not_be_paying(self, mine: HoldState | None) -> None:
        if mine and mine.payment:
            raise Rejected(
                "You are paying for your seats. Finish or cancel that at your bank first."
            )

    def _must_have_room(self, mine: HoldState | None, wanted: tuple[str, ...]) -> None:
        if len(wanted) + len(mine.seats if mine else ()) > MAX_SEATS:
            raise Rejected("Eight seats is the most in one go. Ring us for a bigger party.")

    def _must_have_rested(self, history: History, now: datetime) -> None:
        since = now - RELEASES_WITHIN
        releases = [
            event
            for event in history
            if isinstance(event, SeatsReleased)
            and event.visitor == self.visitor
            and event.at > since
        ]
        if len(releases) >= MAX_RELEASES:
            raise Rejected("You have let go of many seats just now. Please wait ten minutes.")

    def _held(self, mine: HoldState | None, wanted: tuple[str, ...], now: datetime) -> SeatsHeld:
        if mine:
            hold, earlier, until = mine.hold, mine.seats, mine.until
        else:
            hold, earlier, until = self.hold, (), now + self.lasts
        return SeatsHeld(self.screening, hold, self.visitor, wanted, earlier, until)

    def _taken(self, seats: tuple[str, ...], holds: Holds) -> Rejected:
        if all((hold := holds.of_seat(seat)) and hold.visitor == self.visitor for seat in seats):
            return Rejected("You have bought {seats} already.", seats=seats)
        return Rejected("{seats} went to someone else a moment ago.", seats=seats)
