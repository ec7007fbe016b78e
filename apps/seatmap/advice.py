"""What an answer says beside the seats: why not, what is near, and what would be kinder."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.booking.commands.hold_seats import MAX_SEATS
from apps.catalog.plans import Place
from apps.seatmap.alone import Seats, left_alone, moved_along, stretches
from apps.seatmap.choosing import WHEELCHAIR, beside, neighbours
from apps.seatmap.seats import in_words


@dataclass(frozen=True)
class Problem:
    """Why a wish was not granted: the answer's status, and the sentence for its sender."""

    status: int
    sentence: str
    kept: Seats = ()  # for wheelchair users; the same wish with needs=wheelchair is granted
    lost: Seats = ()  # to others
    suggestions: Seats = ()  # free ones near those, nearest first
    nearby: str = ""  # the first of these, in a sentence


@dataclass(frozen=True)
class Hint:
    """What would be better, and the seats to have `instead` of all, where there are such."""

    sentence: str
    instead: Seats = ()


def with_suggestions(
    problem: Problem,
    places: Sequence[Place],
    taken: Collection[str],
    mine: Collection[str],
    lost: Sequence[str],
) -> Problem:
    """The problem, with free places near those that were lost, if there is room for them."""
    found = neighbours(places, {*taken, *mine}, lost)
    if not lost or not found or len(mine) + len(lost) > MAX_SEATS:
        return problem
    if beside(places, found[0], mine):
        sentence = _("%(seat)s beside you is free.")
    elif len(lost) == 1 and beside(places, found[0], lost):
        sentence = _("%(seat)s right beside it is free.")
    else:
        sentence = _("%(seat)s is the nearest that is free.")
    nearby = sentence % {"seat": found[0]}
    return replace(problem, lost=tuple(lost), suggestions=found, nearby=nearby)


def hint_of(places: Sequence[Place], taken: Collection[str], mine: Seats) -> Hint | None:
    """Of single seats that the visitor's own leave, when others would leave fewer.

    Nobody who has a wheelchair space is asked to move.
    """
    alone = left_alone(places, taken, mine)
    instead = moved_along(places, taken, mine) if alone else ()
    if not instead or any(p.kind == WHEELCHAIR for p in places if p.seat in mine):
        return None
    new = tuple(seat for seat in instead if seat not in mine)
    rows = dict.fromkeys(place.row for place in places if place.seat in alone)
    leaves = ngettext(
        "This leaves one seat alone in row %(rows)s.",
        "This leaves %(count)s seats alone in row %(rows)s.",
        len(alone),
    ) % {"count": len(alone), "rows": ", ".join(rows)}
    better = _("Move one along?") if len(new) == 1 else _("Take others? %(seats)s.")
    return Hint(f"{leaves} {better % {'seats': in_words(new)}}", instead)


def parted(places: Sequence[Place], seats: Seats) -> Hint | None:
    """Of a party that could not be seated side by side."""
    parts = len(stretches(place for place in places if place.seat in seats))
    if parts < 2:
        return None
    sentence = _("We could not seat all of you side by side: your seats are in %(parts)s groups.")
    return Hint(sentence % {"parts": parts})
