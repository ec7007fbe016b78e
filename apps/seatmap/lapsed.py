"""Seats whose time ran out while they were held, to be offered to the same visitor once more.

The browser remembers them, in a cookie that every answer with a basket renews: the log and the
map's table need to know nothing of it, and a page without a script, a new tab and a reload have it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from apps.booking.commands.hold_seats import MAX_SEATS
from apps.catalog.plans import Place
from apps.seatmap.baskets import Basket, Row, seats_in
from apps.seatmap.seats import Room, in_order

COOKIE = "held"
OFFERED_FOR = timedelta(minutes=30)

type Seats = tuple[str, ...]


@dataclass(frozen=True)
class Lapsed:
    """What became of the seats, and those that can be taken again."""

    sentence: str
    free: Seats = ()
    kept: bool = False  # one of them is for wheelchair users and their companions


def held_before(request: HttpRequest, room: Room) -> Seats:
    """What the browser remembers, which anybody may have written."""
    remembered = {*request.COOKIES.get(COOKIE, "").split(".")}
    return tuple(in_order(seat for seat in remembered if seat in room))[:MAX_SEATS]


def lapsed_of(
    held: Seats, rows: Sequence[Row], visitor: str, places: Sequence[Place]
) -> Lapsed | None:
    """What to say of seats that were `held`; `rows` tell what became of these."""
    bought = {row.seat for row in rows if row.visitor == visitor and row.state == "sold"}
    if not held or bought & {*held}:
        return None
    gone = seats_in(rows, visitor)[1]
    free = tuple(seat for seat in held if seat not in gone)
    taken = tuple(seat for seat in held if seat in gone)
    kept = any(place.kind != "seat" for place in places if place.seat in free)
    return Lapsed(_sentence(free, taken), free, kept)


def _sentence(free: Seats, taken: Sequence[str]) -> str:
    if not taken:
        return ngettext(
            "Your hold ran out, so the seat is free again. Pick it once more?",
            "Your hold ran out, so the seats are free again. Pick them once more?",
            len(free),
        )
    if not free:
        return ngettext(
            "Your hold ran out, and somebody else has the seat now.",
            "Your hold ran out, and somebody else has the seats now.",
            len(taken),
        )
    sentence = ngettext(
        "Your hold ran out, and %(seats)s went to someone else.",
        "Your hold ran out, and %(seats)s went to others.",
        len(taken),
    )
    return sentence % {"seats": ", ".join(taken)}


def remember(response: HttpResponse, basket: Basket, page: str) -> None:
    """Have the browser keep what is in the basket, for the pages below that of the map."""
    lasts = timedelta(seconds=basket.seconds_left) + OFFERED_FOR
    response.set_cookie(
        COOKIE,
        ".".join(basket.seats),
        max_age=lasts,
        path=page,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(request: HttpRequest, response: HttpResponse, page: str) -> None:
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=page, samesite="Lax")
