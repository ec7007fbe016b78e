"""What a browser may ask of the map: some seats, under an id that makes the wish repeatable."""

import re
from typing import NamedTuple

from django.http import QueryDict

from apps.booking.commands.hold_seats import MAX_SEATS
from apps.seatmap.seats import Room

COMMAND = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Unclear(Exception):
    """A request that cannot be meant, with the sentence that says so."""


class Wish(NamedTuple):
    seats: tuple[str, ...]
    command: str


def wish_of(post: QueryDict, room: Room) -> Wish:
    """The fields "seats", one to eight of the room's, and "command", a UUID. Raises Unclear."""
    seats = tuple(dict.fromkeys(post.getlist("seats")))
    if not seats:
        raise Unclear("Pick a seat first, please.")
    if len(seats) > MAX_SEATS:
        raise Unclear("Eight seats is the most in one go. Ring us for a bigger party.")
    if not all(seat in room for seat in seats):
        raise Unclear("There is no such seat in this room.")
    command = post.get("command", "").lower()
    if not COMMAND.fullmatch(command):
        raise Unclear("We did not understand that. Reload the page and try again, please.")
    return Wish(seats, command)
