"""What one visitor holds at one screening. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

from apps.seatmap.seats import in_order, in_words


class Row(Protocol):
    """A seat's row, with the time `left` until its hold ends on the database's clock."""

    seat: str
    state: str
    position: int
    visitor: str | None
    until: datetime | None
    pinned: bool
    left: timedelta | None


@dataclass(frozen=True)
class Basket:
    seats: tuple[str, ...] = ()
    positions: str = ""  # "F11:42 F12:42", for the script that marks them on the map
    pinned: bool = False  # a payment is under way
    until: datetime | None = None
    seconds_left: int = 0  # rounded up: the browser's clock ends when the hold has
    total: int = 0  # cents

    @property
    def words(self) -> str:
        return in_words(self.seats)

    @property
    def clock(self) -> str:
        return f"{self.seconds_left // 60}:{self.seconds_left % 60:02}"


def basket_of(rows: Sequence[Row], visitor: str, price: int) -> Basket:
    """The seats that are the visitor's to buy. Those of a hold that ran out are not."""
    mine = {row.seat: row for row in rows if row.visitor == visitor and _to_buy(row)}
    if not mine:
        return Basket()
    seats = tuple(in_order(mine))
    some = mine[seats[0]]
    return Basket(
        seats=seats,
        positions=" ".join(f"{seat}:{mine[seat].position}" for seat in seats),
        pinned=some.pinned,
        until=some.until,
        seconds_left=max(0, ceil((some.left or timedelta()).total_seconds())),
        total=price * len(seats),
    )


def seats_in(rows: Iterable[Row], visitor: str) -> tuple[set[str], set[str]]:
    """The seats that are the visitor's to buy, and those that are gone.

    A hold that ran out takes no seat: whoever asks first gets it, though the map says "held" until
    somebody has noted its end.
    """
    held = [row for row in rows if row.state == "sold" or _to_buy(row)]
    mine = {row.seat for row in held if row.visitor == visitor and row.state == "held"}
    return mine, {row.seat for row in held} - mine


def _to_buy(row: Row) -> bool:
    return row.state == "held" and (row.pinned or bool(row.left and row.left > timedelta()))
