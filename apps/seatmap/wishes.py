"""What visitors wish for, as commands: hold these seats or the best ones, change or let go."""

from collections.abc import Callable, Iterable, Mapping
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.booking.commands.change_seats import ChangeSeats
from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.commands.release_seats import ReleaseSeats
from apps.eventlog.commands import Rejected
from apps.eventlog.handling import Busy, handle
from apps.seatmap import choosing
from apps.seatmap.baskets import seats_in
from apps.seatmap.forms import ChangeOfSeats, Party, Wish
from apps.seatmap.models import Screening, Seat
from apps.seatmap.queries import room_of, seats_of
from apps.seatmap.seats import in_words

TRIES = 8  # as many parties may be quicker before one is asked to try again

type Seats = tuple[str, ...]
# Grants a visitor's wish, or raises why not; answers which seats it was about.
type Grant[W] = Callable[[Screening, str, W], Seats]


class NotYours(Exception):
    """Seats that somebody else has, named in a sentence."""


class Kept(Rejected):
    """Places that are for those who need them, while there are others."""

    def __init__(self, seats: Seats) -> None:
        sentence = ngettext(
            "%(seats)s is kept for wheelchair users and their companions"
            " while other seats are left.",
            "%(seats)s are kept for wheelchair users and their companions"
            " while other seats are left.",
            len(seats),
        )
        super().__init__(sentence % {"seats": ", ".join(seats)})
        self.seats = seats


def hold(screening: Screening, visitor: str, wish: Wish) -> Seats:
    if not wish.needs:
        _must_not_be_kept(screening, visitor, wish.seats)
    _hold(screening, visitor, wish.seats, wish.command)
    return wish.seats


def hold_best(screening: Screening, visitor: str, party: Party) -> Seats:
    """Seats for a party of `count` in all: what the visitor holds stays, the rest joins it.

    Others may take a seat between our look and our command; then we look again. Every try has the
    same command id, and at most one can be granted: the wish holds seats once, also when it
    arrives twice.
    """
    tried: Seats = ()
    refusal = None
    for _try in range(TRIES):
        seats = _choose(screening, visitor, party)
        if refusal and seats == tried:
            raise refusal  # it was not about the seats
        if not seats:
            return ()
        try:
            _hold(screening, visitor, seats, party.command)
        except Rejected as rejection:
            tried, refusal = seats, rejection
        else:
            return seats
    raise Busy(f"others took the best seats {TRIES} times")


def release(screening: Screening, visitor: str, wish: Wish) -> Seats:
    rows = Seat.objects.filter(screening=screening.screening).exclude(state="available")
    taken = list(rows.filter(Q(visitor=visitor) | Q(seat__in=wish.seats)).order_by("seat"))
    if foreign := [r.seat for r in taken if r.visitor != visitor and r.seat in wish.seats]:
        raise NotYours(_("Not yours to let go: %(seats)s.") % {"seats": in_words(foreign)})
    held = [row for row in taken if row.visitor == visitor and row.state == "held"]
    leaving = [row for row in held if row.seat in wish.seats]
    if not leaving:
        return wish.seats  # free already: the same wish, arriving again
    hold = leaving[0].hold or ""
    whole = tuple(row.seat for row in held if row.hold == hold)
    handle(
        ReleaseSeats(screening.screening, visitor, hold, wish.seats, whole),
        command_id=f"web:{wish.command}",
        actor=f"visitor:{visitor}",
    )
    return wish.seats


def change(screening: Screening, visitor: str, wish: ChangeOfSeats) -> Seats:
    """Hold what is new in it and let go of what it lacks, or neither.

    Seats that came to the visitor elsewhere, since the page was drawn, stay.
    """
    seats, had, command = wish
    _must_not_be_kept(screening, visitor, seats, had)
    hold = _hold_for(screening, visitor, command)
    handle(
        ChangeSeats(screening.screening, visitor, hold, seats, had, settings.HOLD_LASTS),
        command_id=f"web:{command}",
        actor=f"visitor:{visitor}",
    )
    return tuple(dict.fromkeys(seats + had))


def _hold(screening: Screening, visitor: str, seats: Seats, command: str) -> None:
    hold = _hold_for(screening, visitor, command)
    handle(
        HoldSeats(screening.screening, visitor, hold, seats, settings.HOLD_LASTS),
        command_id=f"web:{command}",
        actor=f"visitor:{visitor}",
    )


def _hold_for(screening: Screening, visitor: str, command: str) -> str:
    """The same wish names the same hold, so that its second arrival is known as a repeat."""
    return uuid5(NAMESPACE_URL, f"{screening.screening}/{visitor}/{command}").hex


def _choose(screening: Screening, visitor: str, party: Party) -> Seats:
    """The seats that the party lacks; () when it has all."""
    places = room_of(screening).places
    mine, taken = seats_in(seats_of(screening), visitor)
    has_space = any(p.kind == choosing.WHEELCHAIR for p in places if p.seat in mine)
    lacking = party.count - len(mine)
    if lacking == 0 and (has_space or not party.needs):
        return ()  # also the same wish, arriving again
    if lacking <= 0:
        raise Rejected(_have_already(len(mine)))
    if seats := choosing.best(places, taken, lacking, party.needs, mine):
        return seats
    left = len(places) - len(mine | taken)
    if left >= lacking:
        raise Rejected(_("No wheelchair space is left."))
    raise Rejected(_too_few(left))


def _have_already(count: int) -> str:
    sentence = ngettext(
        "You hold %(count)s seat already. Let go of it first to have another chosen.",
        "You hold %(count)s seats already. Let go of some first to have others chosen.",
        count,
    )
    return sentence % {"count": count}


def _too_few(left: int) -> str:
    if not left:
        return _("No more seats are left.")
    sentence = ngettext(
        "Only %(count)s more seat is left.", "Only %(count)s more seats are left.", left
    )
    return sentence % {"count": left}


def _must_not_be_kept(screening: Screening, visitor: str, seats: Seats, had: Seats = ()) -> None:
    """Of who will have `seats` in place of `had`. Asked of the map: see docs/decisions/0009."""
    places = room_of(screening).places
    kinds = {place.seat: place.kind for place in places}
    if all(kinds[seat] == "seat" for seat in seats):
        return  # as nearly always, and then it costs nothing
    mine, taken = seats_in(seats_of(screening), visitor)
    staying = mine.difference(had).union(mine.intersection(seats))
    if _has_space(mine, kinds) and _has_space(staying.union(seats), kinds):
        return  # who has a space needs what is beside it
    if kept := choosing.reserved(places, staying | taken, {*seats} - mine):
        raise Kept(kept)


def _has_space(seats: Iterable[str], kinds: Mapping[str, str]) -> bool:
    return any(kinds[seat] == choosing.WHEELCHAIR for seat in seats)
