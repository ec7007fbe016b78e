"""What really became of each seat, from all events in order, and what must never be among it.

Knows nothing of tags, boundaries or the folds that decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from apps.booking.events import (
    HoldEvent,
    HoldExpired,
    HoldPinned,
    HoldUnpinned,
    SeatsHeld,
    SeatsReleased,
    SeatsSold,
)
from apps.eventlog.events import Event

SOLD_TWICE = "a seat was sold twice"
ROBBED = "a paying hold was robbed"
HALF_TAKEN = "a lapsed hold was half taken"
TOO_EARLY = "a hold was ended before its time"


@dataclass
class Hold:
    hold: str
    visitor: str
    seats: tuple[str, ...]
    until: datetime
    paying: bool = False
    sold: bool = False


class Audit:
    def __init__(self) -> None:
        self.holds: dict[str, Hold] = {}
        self.found: set[str] = set()
        self._sold: set[str] = set()

    def last_of(self, visitor: str) -> Hold | None:
        theirs = [hold for hold in self.open_holds() if hold.visitor == visitor]
        return theirs[-1] if theirs else None

    def open_holds(self) -> Iterator[Hold]:
        return (hold for hold in self.holds.values() if hold.seats and not hold.sold)

    def apply(self, event: Event, now: datetime) -> None:
        if not isinstance(event, HoldEvent):
            return
        if isinstance(event, SeatsHeld):
            self._held(event)
            return
        hold = self.holds[event.hold]
        match event:
            case SeatsReleased():
                self._must_not_be_paying(hold)
                hold.seats = event.remaining
            case HoldExpired():
                self._expired(hold, event, now)
            case HoldPinned():
                hold.paying = True
            case HoldUnpinned():
                hold.paying = False
            case SeatsSold():
                self._sell(hold, event)

    def _held(self, event: SeatsHeld) -> None:
        for other in self.holds.values():
            if other.hold != event.hold and not set(other.seats).isdisjoint(event.seats):
                self._must_not_be_paying(other)
                # Sold seats that are held again are on their way to being sold again.
                if not other.paying and not other.sold:
                    self.found.add(HALF_TAKEN)
        self.holds[event.hold] = Hold(event.hold, event.visitor, event.all_seats(), event.until)

    def _expired(self, hold: Hold, event: HoldExpired, now: datetime) -> None:
        self._must_not_be_paying(hold)
        if not hold.paying and hold.seats and hold.until > now:
            self.found.add(TOO_EARLY)
        if hold.seats and set(event.seats) != set(hold.seats):
            self.found.add(HALF_TAKEN)
        hold.seats = tuple(seat for seat in hold.seats if seat not in event.seats)

    def _sell(self, hold: Hold, event: SeatsSold) -> None:
        if not self._sold.isdisjoint(event.seats):
            self.found.add(SOLD_TWICE)
        self._sold.update(event.seats)
        hold.paying, hold.sold = False, True

    def _must_not_be_paying(self, hold: Hold) -> None:
        if hold.paying and not hold.sold:
            self.found.add(ROBBED)
