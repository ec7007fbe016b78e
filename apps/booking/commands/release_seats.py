"""Let go of seats that one holds."""

from datetime import datetime
from typing import Annotated

from apps.booking.folds import Holds, must_not_be_paying
from apps.booking.tags import Hold, Seat, Visitor
from apps.eventlog.commands import Boundary, Command, History, Rejected
from apps.eventlog.events import Event
from apps.eventlog.origins import origin


class ReleaseSeats(Command, frozen=True):
    """Lets go of `seats` of a `hold` that has all of `holds_seats`, as its holder saw it."""

    screening: str
    visitor: Annotated[str, origin("visitor's cookie")]
    hold: str
    seats: tuple[str, ...]
    holds_seats: Annotated[tuple[str, ...], origin("seat")]

    def boundary(self) -> Boundary:
        return (
            Hold(self.hold),
            Visitor(self.screening, self.visitor),
            *(Seat(self.screening, seat) for seat in dict.fromkeys(self.seats + self.holds_seats)),
        )

    def decide(self, history: History, now: datetime) -> list[Event]:
        mine = Holds(history).get(self.hold)
        if mine is None or mine.visitor != self.visitor:
            raise Rejected("These seats are not yours to let go.")
        leaving = tuple(seat for seat in mine.seats if seat in self.seats)
        if not leaving or not mine.open(now):
            return []  # they are free already, or will be as soon as anybody asks
        must_not_be_paying(mine)
        must_be_as_seen(mine.seats, self.holds_seats)
        return [mine.released(leaving, now)]


def must_be_as_seen(seats: tuple[str, ...], seen: tuple[str, ...]) -> None:
    """A boundary is fixed before reading: a hold that has other seats by now was not fully seen."""
    if set(seats) != set(seen):
        raise Rejected("Your seats have changed in another window. Reload the page to see them.")
