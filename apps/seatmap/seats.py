"""How a seat looks in HTML: one function for the page, the push and the answers. Pure.

A fragment is viewer-neutral: nothing in it tells who is looking or who holds the seat. The same
bytes go to everybody, so they are built once for each plan, price and language. The page alone
draws some seats as its viewer's own, and does so for every browser, with a script or without.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby

from django.utils.translation import get_language, gettext

from apps.catalog import plans
from apps.catalog.plans import Place

STATES = ("available", "held", "sold")
OURS = "ours"  # held, and by the one who looks at the page
EDGE = 1  # columns on either side for the rows' names

type Known = Mapping[str, tuple[str, int]]  # seat to its state and the position of its last change
NOTHING = ("available", 0)


class Room:
    """All fragments of one plan at one price; `price` as moviegoers read it."""

    def __init__(self, plan: Sequence[str], price: str) -> None:
        self.places = plans.parse(plan)
        self.kinds = {self._kind(place) for place in self.places}
        self.cols = plans.width(plan) + 2 * EDGE
        self._halves = {
            (place.seat, state): _halves(place, self._kind(place), state, price)
            for place in self.places
            for state in (*STATES, OURS)
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

    def html(self, known: Known, ours: Collection[str] = ()) -> str:
        """The whole room, the screen and the rows' names with it, for the one who holds `ours`."""
        shown = {**known, **{seat: (OURS, known.get(seat, NOTHING)[1]) for seat in ours}}
        rows = groupby(self.places, key=lambda place: place.row)
        screen = escape(gettext("Screen"))
        return "".join(
            [
                f'<div class="plan" data-cols="{self.cols}" data-rows="{self.places[-1].y}">',
                f'<div class="silver" aria-hidden="true"><span class="mid">{screen}</span></div>',
                *(self._row(name, list(places), shown) for name, places in rows),
                "</div>",
            ]
        )

    def _row(self, name: str, places: Sequence[Place], known: Known) -> str:
        left, right = (
            f'<span class="rowname" data-x="{x}" data-y="{places[0].y}" aria-hidden="true">'
            f"{escape(name)}</span>"
            for x in (1, self.cols)
        )
        seats = self.fragments(known, (place.seat for place in places))
        called = escape(gettext("Row {row}").format(row=name))
        return f'<div class="seatrow" role="group" aria-label="{called}">{left}{seats}{right}</div>'

    def _kind(self, place: Place) -> str:
        """The plan's kinds, and the first row, which is not for everybody."""
        front = place.kind == "seat" and place.y == self.places[0].y
        return "front" if front else place.kind


def room(plan: tuple[str, ...], price: str) -> Room:
    return _room(plan, price, get_language())


@lru_cache(maxsize=64)
def _room(plan: tuple[str, ...], price: str, language: str | None) -> Room:
    return Room(plan, price)


def _halves(place: Place, kind: str, state: str, price: str) -> tuple[str, str]:
    """What stands before and after the position in the fragment of a seat in that state."""
    seat = escape(place.seat)
    words = [word for word in (kind_in_words(kind), state_in_words(state)) if word]
    words += [price] * (state == "available")
    called = gettext("Row {row}, seat {seat}").format(row=place.row, seat=place.number)
    name, tip = escape(", ".join([called, *words])), escape(" · ".join([place.seat, *words]))
    ours = state == OURS
    of_kind = "" if kind == "seat" else f' data-kind="{kind}"'
    switches = "" if state == "available" else " checked" if ours else " disabled"
    return (
        f'<div class="seat" id="seat-{seat}" data-x="{place.x + EDGE}" data-y="{place.y}"{of_kind}'
        f' data-state="{"held" if ours else state}"{" data-mine" if ours else ""} data-position="',
        f'" data-tip="{tip}" data-hx-swap-oob="seat">'
        f'<input type="checkbox" name="seats" value="{seat}" aria-label="{name}"{switches}>'
        f'<b aria-hidden="true">{"C" if kind == "companion" else place.number}</b></div>',
    )


def state_in_words(state: str) -> str:
    return {
        "available": gettext("available"),
        "held": gettext("held by someone else"),
        "sold": gettext("sold"),
        OURS: gettext("yours"),
    }[state]


def kind_in_words(kind: str) -> str:
    return {
        "seat": "",
        "front": gettext("front row"),
        "wheelchair": gettext("wheelchair space"),
        "companion": gettext("companion seat"),
    }[kind]


def in_order(seats: Iterable[str]) -> list[str]:
    """By row, then by number: F9, F10, G1."""
    return sorted(seats, key=lambda seat: (len(_row(seat)), _row(seat), _number(seat)))


def in_words(seats: Iterable[str]) -> str:
    """ "Row F, seats 11 and 12; row G, seat 1"."""
    told = "; ".join(_row_in_words(*row) for row in groupby(in_order(seats), key=_row))
    return told[:1].upper() + told[1:]


def _row_in_words(row: str, seats: Iterator[str]) -> str:
    *most, last = [str(_number(seat)) for seat in seats]
    if not most:
        return gettext("row {row}, seat {seat}").format(row=row, seat=last)
    told = gettext("row {row}, seats {most} and {last}")
    return told.format(row=row, most=", ".join(most), last=last)


def _row(seat: str) -> str:
    return re.sub(r"\d", "", seat)


def _number(seat: str) -> int:
    return int(re.sub(r"\D", "", seat))
