"""Facts that booking's specifications begin with."""

from datetime import datetime, timedelta

from apps.booking.events import (
    HoldExpired,
    HoldPinned,
    HoldUnpinned,
    SeatsHeld,
    SeatsReleased,
    SeatsSold,
)
from apps.catalog.events import ScreeningScheduled
from apps.eventlog.specifications import NOON

LASTS = timedelta(minutes=10)
END = NOON + LASTS


def on_sale(starts: datetime = NOON + timedelta(hours=8)) -> ScreeningScheduled:
    return ScreeningScheduled(
        screening="s1",
        movie="m1",
        title="The Salt Meridian",
        auditorium="a1",
        auditorium_name="Attic",
        plan=("A ##########", "B ##########"),
        starts=starts,
        minutes=140,
        price=950,
        format="2D",
        language="Portuguese",
        subtitles="English",
    )


def held(
    *seats: str,
    by: str = "ann",
    hold: str = "h1",
    earlier: tuple[str, ...] = (),
    until: datetime = END,
) -> SeatsHeld:
    return SeatsHeld("s1", hold, by, seats, earlier, until)


def released(
    *seats: str,
    by: str = "ann",
    hold: str = "h1",
    remaining: tuple[str, ...] = (),
    at: datetime = NOON,
) -> SeatsReleased:
    return SeatsReleased("s1", hold, by, seats, remaining, at)


def expired(*seats: str, by: str = "ann", hold: str = "h1") -> HoldExpired:
    return HoldExpired("s1", hold, by, seats)


def pinned(*seats: str, by: str = "ann", hold: str = "h1") -> HoldPinned:
    return HoldPinned("s1", hold, by, seats, payment="p1")


def unpinned(*seats: str, by: str = "ann", hold: str = "h1") -> HoldUnpinned:
    return HoldUnpinned("s1", hold, by, seats, payment="p1")


def sold(*seats: str, by: str = "ann", hold: str = "h1") -> SeatsSold:
    return SeatsSold("s1", hold, by, seats, payment="p1")
