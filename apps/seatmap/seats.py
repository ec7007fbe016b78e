"""How a seat looks in HTML: one function for the page, the push and the answers. Pure.

A fragment is viewer-neutral: nothing in it tells who is looking or who holds the seat. The same
bytes go to everybody, so they are built once for each plan and price.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby

from apps.catalog import plans
from apps.catalog.plans import Place

STATES = ("available", "held", "sold")
EDGE = 1  # columns on either side for the rows' names

type Known = Mapping[str, tuple[str, int]]  # seat to its state and the position of its last change
NOTHING = ("available", 0)


class Room:
    """All fragments of one plan at one price; `price` as moviegoers read it."""

    def __init__(self, plan: Sequence[str], price: str) -> None:
        self.places = plans.parse(plan)
        self._cols = plans.width(plan) + 2 * EDGE
        self._halves = {
            (place.seat, state): _halves(place, state, price)
            for place in self.places
            for state in STATES
        }

    def __contains__(self, seat: str) -> bool:
        return (seat, "available") in self._halves

    def fragment(self, seat: str, state: str, position: int) -> str:
        """One seat as everybody sees it."""
        before, after = self._halves[seat, state]
        return f"{before}{position}{after}"

    def fragments(self, known: Known, seats: Iterable[str] | None = None) -> str:
        """Those seats, or all; a seat that `known` does not mention was never touched."""
        wanted = [place.seat for place in self.places] if seats is None else seats
        return "".join(self.fragment(seat, *known.get(seat, NOTHING)) for seat in wanted)

    def html(self, known: Known) -> str:
        """The whole room, the screen and the rows' names with it."""
        rows = groupby(self.places, key=lambda place: place.row)
        return "".join(
            [
                f'<div class="plan" data-cols="{self._cols}">',
                '<div class="silver" aria-hidden="true"><span class="mid">Screen</span></div>',
                *(self._row(name, list(places), known) for name, places in rows),
                "</div>",
            ]
        )

    def _row(self, name: str, places: Sequence[Place], known: Known) -> str:
        left, right = (
            f'<span class="rowname" data-x="{x}" data-y="{places[0].y}" aria-hidden="true">'
            f"{escape(name)}</span>"
            for x in (1, self._cols)
        )
        seats = self.fragments(known, (place.seat for place in places))
        return f'<div role="group" aria-label="Row {escape(name)}">{left}{seats}{right}</div>'


@lru_cache(maxsize=64)
def room(plan: tuple[str, ...], price: str) -> Room:
    return Room(plan, price)


def _halves(place: Place, state: str, price: str) -> tuple[str, str]:
    """What stands before and after the position in the fragment of a seat in that state."""
    seat, number = escape(place.seat), place.number
    shown, words = {
        "available": (number, f"available · {price}"),
        "held": ("···", "held by someone else"),
        "sold": (number, "sold"),
    }[state]
    tip = escape(f"{place.seat} · {words}")
    label = escape(f"Row {place.row}, seat {number}, {words.replace(' · ', ', ')}")
    disabled = "" if state == "available" else " disabled"
    return (
        f'<label class="seat" id="seat-{seat}" data-x="{place.x + EDGE}" data-y="{place.y}"'
        f' data-state="{state}" data-position="',
        f'" data-tip="{tip}" hx-swap-oob="seat">'
        f'<input type="checkbox" name="seats" value="{seat}" aria-label="{label}"{disabled}>'
        f'<b aria-hidden="true">{shown}</b></label>',
    )


def in_order(seats: Iterable[str]) -> list[str]:
    """By row, then by number: F9, F10, G1."""
    return sorted(seats, key=lambda seat: (len(_row(seat)), _row(seat), _number(seat)))


def in_words(seats: Iterable[str]) -> str:
    """ "Row F, seats 11 and 12; row G, seat 1"."""
    told = "; ".join(_row_in_words(*row) for row in groupby(in_order(seats), key=_row))
    return told[:1].upper() + told[1:]


def _row_in_words(row: str, seats: Iterator[str]) -> str:
    *most, last = [str(_number(seat)) for seat in seats]
    return f"row {row}, " + (f"seats {', '.join(most)} and {last}" if most else f"seat {last}")


def _row(seat: str) -> str:
    return re.sub(r"\d", "", seat)


def _number(seat: str) -> int:
    return int(re.sub(r"\D", "", seat))
