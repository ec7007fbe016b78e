"""Change seats: hold the new ones and let the old ones go in one append, or neither."""

from datetime import datetime, timedelta
from typing import Annotated

from msgspec.structs import replace

from apps.booking.commands.hold_seats import (
    ends_of_lapsed,
    must_be_free,
    must_have_rested,
    must_have_room,
)
from apps.booking.folds import Holds, HoldState, must_have_seats, must_not_be_paying, on_sale
from apps.booking.tags import Seat, Visitor
from apps.catalog.tags import Schedule
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.origins import origin


class ChangeSeats(Command, frozen=True):
    """Has `seats` in place of those that one `had`: what was held besides these stays.

    The open hold stays the same hold, to the same end, even if all of its seats change; if there
    is none, opens `hold`, which `lasts` that long.
    """

    screening: str
    visitor: Annotated[str, origin("visitor's cookie")]
    hold: Annotated[str, origin("new id")]
    seats: tuple[str, ...]
    had: tuple[str, ...]
    lasts: Annotated[timedelta, origin("setting HOLD_LASTS")]

    def boundary(self) -> Boundary:
        return (
            Schedule(self.screening),
            Visitor(self.screening, self.visitor),
            *(Seat(self.screening, seat) for seat in dict.fromkeys(self.seats + self.had)),
        )

    def decide(self, history: History, now: datetime) -> list[Event]:
        holds = Holds(history)
        new = HoldState(self.screening, self.hold, self.visitor, (), now + self.lasts)
        mine = holds.open_of(self.visitor, now) or new
        wanted, leaving = mine.lacks(self.seats), self._leaving(mine)
        if wanted or leaving:
            must_not_be_paying(mine)
        events: list[Event] = []
        if wanted:
            must_have_seats(on_sale(history, now), wanted)
            must_have_room(len(mine.seats) + len(wanted) - len(leaving))
            must_have_rested(history, self.visitor, now)
            must_be_free(wanted, self.visitor, holds, now)
            events += [*ends_of_lapsed(wanted, self.visitor, holds, now), mine.held(wanted)]
        if leaving:
            # Last, because a hold whose every seat has been let go is over.
            grown = replace(mine, seats=mine.seats + wanted)
            events.append(grown.released(leaving, now))
        return events

    def _leaving(self, mine: HoldState) -> tuple[str, ...]:
        return tuple(seat for seat in mine.seats if seat in self.had and seat not in self.seats)
