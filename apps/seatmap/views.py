"""One screening's map: look at it, hold seats, have the best chosen, change or let go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.booking.visitors import visitor_of
from apps.catalog.plans import Place
from apps.eventlog.commands import Rejected
from apps.eventlog.handling import Busy
from apps.eventlog.screens import screen
from apps.eventlog.wording import told
from apps.seatmap.advice import Problem, hint_of, parted, with_suggestions
from apps.seatmap.baskets import basket_of, seats_in
from apps.seatmap.forms import ChangeOfSeats, Party, Unclear, Wish, change_of, party_of, wish_of
from apps.seatmap.lapsed import forget, held_before, lapsed_of, remember
from apps.seatmap.models import Screening, Seat
from apps.seatmap.queries import room_of, screening_of, seats_of
from apps.seatmap.rooms import head
from apps.seatmap.seats import Room
from apps.seatmap.wishes import Grant, Kept, NotYours, Seats, change, hold, hold_best, release

CONFLICT = 409
RETRY_AFTER = 1  # seconds


@dataclass(frozen=True)
class Outcome:
    """What became of a wish, and of which seats it was."""

    seats: Seats = ()
    chosen: bool = False  # by us, not by the visitor
    problem: Problem | None = None


NO_WISH = Outcome()

seat_map = screen("Seat map", actor="Moviegoer")


@seat_map
@require_safe
def page(request: HttpRequest, screening: str) -> HttpResponse:
    return _page(request, screening_of(screening))


@seat_map
@require_safe
def mine(request: HttpRequest, screening: str) -> HttpResponse:
    """The visitor's own seats, as a fragment."""
    return _fragment(request, screening_of(screening))


@seat_map
@require_POST
def holds(request: HttpRequest, screening: str) -> HttpResponse:
    return _grant(request, screening, wish_of, hold)


@seat_map
@require_POST
def best(request: HttpRequest, screening: str) -> HttpResponse:
    """Holds the best seats for a party of so many in all."""
    return _grant(request, screening, party_of, hold_best)


@seat_map
@require_POST
def releases(request: HttpRequest, screening: str) -> HttpResponse:
    return _grant(request, screening, wish_of, release)


@seat_map
@require_POST
def change_seats(request: HttpRequest, screening: str) -> HttpResponse:
    """Takes all seats that are wanted: what is new is held, what is missing is let go."""
    return _grant(request, screening, change_of, change)


def _grant[W: (Wish, Party, ChangeOfSeats)](
    request: HttpRequest, screening: str, read: Callable[[QueryDict, Room], W], grant: Grant[W]
) -> HttpResponse:
    """Grant the wish that was posted, and answer in the form that the sender can use."""
    found = screening_of(screening)
    outcome = NO_WISH
    problem = None
    try:
        wish = read(request.POST, room_of(found))
        outcome = Outcome(wish.seats)
        outcome = Outcome(grant(found, visitor_of(request), wish), isinstance(wish, Party))
    except Unclear as unclear:
        problem = Problem(400, str(unclear))
    except NotYours as refusal:
        problem = Problem(403, str(refusal))
    except Kept as refusal:
        problem = Problem(CONFLICT, str(refusal), kept=refusal.seats)
    except Rejected as rejection:
        problem = Problem(CONFLICT, told(rejection))
    except Busy:
        problem = Problem(503, _("Many people are choosing just now. Try once more, please."))
    outcome = replace(outcome, problem=problem)
    if request.headers.get("HX-Request"):
        return _fragment(request, found, outcome)
    if problem:
        return _page(request, found, outcome)
    response = redirect("seatmap:screening", screening)
    forget(request, response, response["Location"])  # that page says what is held now
    return response


def _page(request: HttpRequest, screening: Screening, outcome: Outcome = NO_WISH) -> HttpResponse:
    """The whole page. Two queries, however big the room and however full it is."""
    rows = list(seats_of(screening))
    drawn = room_of(screening)
    context = _context(request, screening, rows, drawn.places, outcome)
    context |= {
        "past": screening.past,  # type: ignore[attr-defined]  # annotated
        "room": mark_safe(drawn.html(_known(rows), context["basket"].seats)),
        "cols": drawn.cols,
        "kinds": drawn.kinds,
        "places": len(drawn.places),
        "free": len(drawn.places) - sum(row.state != "available" for row in rows),
        "commands": {name: uuid4() for name in ("hold", "best", "change", "release")},
    }
    return _rendered(request, "seatmap/screening.html", context)


def _fragment(
    request: HttpRequest, screening: Screening, outcome: Outcome = NO_WISH
) -> HttpResponse:
    """What the script needs to know: the visitor's own seats and the seats that were asked for.

    Looks at the rows of these, for seats left alone, and at the seats that the browser remembers,
    for what became of them; after a refusal everywhere, for free ones.
    """
    drawn, rows = room_of(screening), seats_of(screening)
    places: Sequence[Place] = drawn.places
    if not outcome.problem:
        near = {place.row for place in places if place.seat in outcome.seats}
        places = [place for place in places if place.row in near]
        theirs = Q(visitor=visitor_of(request), state="held")
        asked = {*(place.seat for place in places), *held_before(request, drawn)}
        rows = rows.filter(theirs | Q(seat__in=asked))
    known = list(rows)
    context = _context(request, screening, known, places, outcome)
    shown = dict.fromkeys([*context["basket"].seats, *outcome.seats])
    epoch: str = screening.epoch  # type: ignore[attr-defined]  # annotated
    context["seats"] = mark_safe(head(epoch) + drawn.fragments(_known(known), shown))
    return _rendered(request, "seatmap/answer.html", context)


def _context(
    request: HttpRequest,
    screening: Screening,
    rows: Sequence[Any],
    places: Sequence[Place],
    outcome: Outcome,
) -> dict[str, Any]:
    """What page and fragment share. `rows` tell what is ours, and all about these `places`."""
    visitor, drawn = visitor_of(request), room_of(screening)
    basket = basket_of(rows, visitor, screening.price)
    problem, hint, lapsed = outcome.problem, None, None
    if basket.pinned:
        pass  # who is paying cannot change anything
    elif problem:
        problem = _advised(problem, outcome.seats, visitor, rows, places)
    else:
        parts = parted(drawn.places, basket.seats) if outcome.chosen else None
        hint = parts or hint_of(places, seats_in(rows, visitor)[1], basket.seats)
    if outcome is NO_WISH and not basket.seats and not screening.past:  # type: ignore[attr-defined]  # annotated
        lapsed = lapsed_of(held_before(request, drawn), rows, visitor, drawn.places)
    return {
        "screening": screening,
        "basket": basket,
        "lasts": int(settings.HOLD_LASTS.total_seconds()),
        "checkout_url": reverse("checkout:new", args=[screening.screening]),
        "problem": problem,
        "hint": hint,
        "lapsed": lapsed,
    }


def _advised(
    problem: Problem, asked: Seats, visitor: str, rows: Sequence[Any], places: Sequence[Place]
) -> Problem:
    """The problem, with what is free near the seats that others were quicker to have."""
    if problem.status != CONFLICT:
        return problem
    mine, gone = seats_in(rows, visitor)
    bought = {row.seat for row in rows if row.visitor == visitor}
    lost = [seat for seat in asked if seat in gone - bought]
    return with_suggestions(problem, places, gone, mine, lost)


def _rendered(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    problem = context["problem"]
    response = render(request, template, context, status=problem.status if problem else 200)
    # No "no-store": that would also forbid the browser to keep the page for its back button.
    patch_cache_control(response, private=True, no_cache=True)
    page = reverse("seatmap:screening", args=[context["screening"].screening])
    if context["basket"].seats:
        remember(response, context["basket"], page)
    elif not problem and not (context["lapsed"] and context["lapsed"].free):
        forget(request, response, page)
    if problem and problem.status == 503:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _known(rows: Sequence[Seat]) -> dict[str, tuple[str, int]]:
    return {row.seat: (row.state, row.position) for row in rows}
