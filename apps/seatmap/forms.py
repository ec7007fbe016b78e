"""What a browser may ask of the map, under an id that makes the wish repeatable."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.booking.commands.hold_seats import MAX_SEATS
from apps.seatmap.choosing import WHEELCHAIR
from apps.seatmap.seats import Room

COMMAND = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
COUNT = re.compile(r"[1-9][0-9]?")


class Unclear(Exception):
    """A request that cannot be meant, with the sentence that says so."""


class Wish(NamedTuple):
    """These seats, to hold or to let go; `needs` is "wheelchair" if somebody uses one."""

    seats: tuple[str, ...]
    command: str
    needs: str = ""


class ChangeOfSeats(NamedTuple):
    """All seats that are wanted from now on; `had` are those that the page showed as held."""

    seats: tuple[str, ...]
    had: tuple[str, ...]
    command: str


@dataclass(frozen=True)
class Party:
    """The best seats for `count` people in all, those included that have one already."""

    count: int
    command: str
    needs: str = ""
    seats: tuple[str, ...] = ()  # none is asked for by name


def wish_of(post: QueryDict, room: Room) -> Wish:
    """The fields "seats", one to eight of the room's, "command", a UUID, and "needs"."""
    seats = _seats(post, "seats", room)
    if not seats:
        raise Unclear(_no_seat())
    return Wish(seats, _command(post), _needs(post))


def change_of(post: QueryDict, room: Room) -> ChangeOfSeats:
    """The fields "seats" and "had", up to eight each but one in all, and "command", a UUID."""
    seats, had = _seats(post, "seats", room), _seats(post, "had", room)
    if not seats and not had:
        raise Unclear(_no_seat())
    return ChangeOfSeats(seats, had, _command(post))


def party_of(post: QueryDict, room: Room) -> Party:
    """The fields "count", one to eight, "command", a UUID, and "needs"."""
    count = post.get("count", "")
    if not COUNT.fullmatch(count):
        raise Unclear(_("How many seats? Choose from one to eight, please."))
    if int(count) > MAX_SEATS:
        raise Unclear(_too_many())
    return Party(int(count), _command(post), _needs(post))


def _seats(post: QueryDict, field: str, room: Room) -> tuple[str, ...]:
    seats = tuple(dict.fromkeys(post.getlist(field)))
    if len(seats) > MAX_SEATS:
        raise Unclear(_too_many())
    if not all(seat in room for seat in seats):
        raise Unclear(_("There is no such seat in this room."))
    return seats


def _command(post: QueryDict) -> str:
    command = post.get("command", "").lower()
    if not COMMAND.fullmatch(command):
        raise Unclear(_unclear())
    return command


def _needs(post: QueryDict) -> str:
    needs = post.get("needs", "")
    if needs not in ("", WHEELCHAIR):
        raise Unclear(_unclear())
    return needs


def _no_seat() -> str:
    return _("Pick a seat first, please.")


def _too_many() -> str:
    return _("Eight seats is the most in one go. Ring us for a bigger party.")


def _unclear() -> str:
    return _("We did not understand that. Reload the page and try again, please.")
