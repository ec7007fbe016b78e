"""Free the seats of a hold that ran out."""

from datetime import datetime

from apps.booking.folds import Holds
from apps.booking.tags import Hold, Seat, Visitor
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event


class ExpireHold(Command, frozen=True):
    screening: str
    hold: str
    visitor: str
    seats: tuple[str, ...]

    def boundary(self) -> Boundary:
        return (
            Hold(self.hold),
            Visitor(self.screening, self.visitor),
            *(Seat(self.screening, seat) for seat in self.seats),
        )

    def decide(self, history: History, now: datetime) -> list[Event]:
        hold = Holds(history).get(self.hold)
        # A hold with other seats than the to-do list said is none of ours: the list will catch up.
        if hold is None or not hold.lapsed(now) or set(hold.seats) != set(self.seats):
            return []
        return [hold.expired()] if hold.seats else []
