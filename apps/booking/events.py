"""Booking's facts: what became of the seats of a screening."""

from datetime import datetime
from typing import Annotated

from apps.booking.tags import Hold, Screening, Seat, Visitor
from apps.eventlog.events import Event, event
from apps.eventlog.origins import origin
from apps.eventlog.tags import Tag


class HoldEvent(Event, frozen=True):
    """A change to one hold.

    It carries the tags of all seats of the hold as it then stands, not only of those that change:
    whoever decides by any of these seats must see what becomes of the hold.
    """

    screening: str
    hold: str
    visitor: str
    seats: tuple[str, ...]

    def all_seats(self) -> tuple[str, ...]:
        return self.seats

    def tags(self) -> tuple[Tag, ...]:
        return (
            Screening(self.screening),
            Hold(self.hold),
            Visitor(self.screening, self.visitor),
            *(Seat(self.screening, seat) for seat in self.all_seats()),
        )


@event("booking.SeatsHeld")
class SeatsHeld(HoldEvent, frozen=True):
    """`seats` came to the hold, which already had `earlier`. All of it ends at `until`."""

    earlier: Annotated[tuple[str, ...], origin("seats")]
    until: Annotated[datetime, origin("clock", "lasts")]

    def all_seats(self) -> tuple[str, ...]:
        return self.earlier + self.seats


@event("booking.SeatsReleased")
class SeatsReleased(HoldEvent, frozen=True):
    """`seats` were let go, `remaining` stay in the hold."""

    remaining: Annotated[tuple[str, ...], origin("seats")]
    at: Annotated[datetime, origin("clock")]

    def all_seats(self) -> tuple[str, ...]:
        return self.remaining + self.seats


@event("booking.HoldExpired")
class HoldExpired(HoldEvent, frozen=True):
    """Time ran out, and every seat of the hold is free."""


@event("booking.HoldPinned")
class HoldPinned(HoldEvent, frozen=True):
    """`payment` is under way: the hold does not run out before the bank has answered."""

    payment: Annotated[str, origin("order")]


@event("booking.HoldUnpinned")
class HoldUnpinned(HoldEvent, frozen=True):
    """`payment` came to nothing: the hold ends when it would have ended."""

    payment: Annotated[str, origin("order")]


@event("booking.SeatsSold")
class SeatsSold(HoldEvent, frozen=True):
    """All seats of the hold are paid for, by `payment`."""

    payment: Annotated[str, origin("order")]
