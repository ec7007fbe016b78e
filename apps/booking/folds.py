"""What a history means for seats and holds. Pure."""

from datetime import datetime
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from apps.booking.events import (
    HoldEvent,
    HoldExpired,
    HoldPinned,
    HoldUnpinned,
    SeatsHeld,
    SeatsReleased,
    SeatsSold,
)
from apps.catalog.events import ScreeningScheduled
from apps.catalog.plans import parse
from apps.eventlog.commands import History, Rejected


class HoldState(msgspec.Struct, frozen=True):
    """One hold as far as a history tells."""

    screening: str
    hold: str
    visitor: str
    seats: tuple[str, ...]
    until: datetime
    payment: str | None = None  # the payment that pins it, or that bought it
    sold: bool = False

    def lapsed(self, now: datetime) -> bool:
        """Past its end and not pinned: free for others, whether or not anybody has said so yet."""
        return not self.sold and self.payment is None and self.until <= now

    def open(self, now: datetime) -> bool:
        return bool(self.seats) and not self.sold and not self.lapsed(now)

    def lacks(self, seats: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(seat for seat in seats if seat not in self.seats))

    def held(self, seats: tuple[str, ...]) -> SeatsHeld:
        return SeatsHeld(self.screening, self.hold, self.visitor, seats, self.seats, self.until)

    def released(self, seats: tuple[str, ...], now: datetime) -> SeatsReleased:
        remaining = tuple(seat for seat in self.seats if seat not in seats)
        return SeatsReleased(self.screening, self.hold, self.visitor, seats, remaining, at=now)

    def expired(self) -> HoldExpired:
        return HoldExpired(self.screening, self.hold, self.visitor, self.seats)


class Holds:
    """Every hold that a history mentions, and which of them has each seat."""

    def __init__(self, history: History) -> None:
        self._holds: dict[str, HoldState] = {}
        self._holder: dict[str, str] = {}
        for event in history:
            if isinstance(event, HoldEvent):
                self._apply(event)

    def _apply(self, event: HoldEvent) -> None:
        state = _next(self._holds.get(event.hold), event)
        self._holds[event.hold] = state
        # A seat is freed only from the hold that the event names.
        for seat in event.all_seats():
            if seat in state.seats:
                self._holder[seat] = event.hold
            elif self._holder.get(seat) == event.hold:
                del self._holder[seat]

    def get(self, hold: str) -> HoldState | None:
        return self._holds.get(hold)

    def of_seat(self, seat: str) -> HoldState | None:
        """The hold that has this seat, lapsed or not; None when it is free."""
        return self._holds.get(self._holder.get(seat, ""))

    def last_of(self, visitor: str) -> HoldState | None:
        """The visitor's newest hold that still has seats: open, lapsed, or sold."""
        theirs = [hold for hold in self._holds.values() if hold.visitor == visitor and hold.seats]
        return theirs[-1] if theirs else None

    def open_of(self, visitor: str, now: datetime) -> HoldState | None:
        last = self.last_of(visitor)
        return last if last and last.open(now) else None


def _next(state: HoldState | None, event: HoldEvent) -> HoldState:
    match event:
        case SeatsHeld(until=until):
            held = event.all_seats()
            return HoldState(event.screening, event.hold, event.visitor, held, until)
        case _ if state is None:
            raise ValueError(f"history begins in the middle of a hold: {event}")
        case SeatsReleased(remaining=remaining):
            return replace(state, seats=remaining)
        case HoldExpired():
            return replace(state, seats=())
        case HoldPinned(payment=payment):
            return replace(state, payment=payment)
        case HoldUnpinned():
            return replace(state, payment=None)
        case SeatsSold(payment=payment):
            return replace(state, payment=payment, sold=True)
    raise ValueError(f"no meaning for {event}")


def on_sale(history: History, now: datetime) -> ScreeningScheduled:
    """The screening that the history schedules, or Rejected when nobody can buy a seat of it."""
    screening = next((e for e in history if isinstance(e, ScreeningScheduled)), None)
    if screening is None:
        raise Rejected("There is no such screening.")
    if screening.starts <= now:
        raise Rejected("This screening has begun, so its seats are no longer sold online.")
    return screening


def must_have_seats(screening: ScreeningScheduled, seats: tuple[str, ...]) -> None:
    if unknown := [seat for seat in seats if seat not in _seats_of(screening.plan)]:
        raise Rejected(
            "There is no seat {seats} in {auditorium}.",
            seats=tuple(unknown),
            auditorium=screening.auditorium_name,
        )


def must_not_be_paying(mine: HoldState) -> None:
    if mine.payment:
        raise Rejected("You are paying for your seats. Finish or cancel that at your bank first.")


@lru_cache(maxsize=64)
def _seats_of(plan: tuple[str, ...]) -> frozenset[str]:
    return frozenset(place.seat for place in parse(plan))
