"""One screening's map: look at it, hold seats, let them go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.conf import settings
from django.db.models import BooleanField, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.commands.release_seats import ReleaseSeats
from apps.booking.visitors import visitor_of
from apps.catalog.money import show
from apps.eventlog.commands import Rejected
from apps.eventlog.handling import Busy, handle
from apps.eventlog.screens import screen
from apps.seatmap.baskets import basket_of
from apps.seatmap.forms import Unclear, Wish, wish_of
from apps.seatmap.models import Screening, Seat
from apps.seatmap.seats import Room, in_words, room

RETRY_AFTER = 1  # seconds


class NotYours(Exception):
    """Seats that somebody else has, named in a sentence."""


@dataclass(frozen=True)
class Problem:
    """Why a wish was not granted: the answer's status, and the sentence for its sender."""

    status: int
    sentence: str


seat_map = screen("Seat map", actor="Moviegoer")

type Grant = Callable[[str, str, Wish], object]  # screening, visitor, wish


@seat_map
@require_safe
def page(request: HttpRequest, screening: str) -> HttpResponse:
    return _page(request, _screening(screening))


@seat_map
@require_safe
def mine(request: HttpRequest, screening: str) -> HttpResponse:
    """The visitor's own seats, as a fragment."""
    return _fragment(request, _screening(screening))


@seat_map
@require_POST
def holds(request: HttpRequest, screening: str) -> HttpResponse:
    return _grant(request, screening, _hold)


@seat_map
@require_POST
def releases(request: HttpRequest, screening: str) -> HttpResponse:
    return _grant(request, screening, _release)


def _hold(screening: str, visitor: str, wish: Wish) -> None:
    # The same wish names the same hold, so that its second arrival is known as a repeat.
    hold = uuid5(NAMESPACE_URL, f"{screening}/{visitor}/{wish.command}").hex
    handle(
        HoldSeats(screening, visitor, hold, wish.seats, settings.HOLD_LASTS),
        command_id=f"web:{wish.command}",
        actor=f"visitor:{visitor}",
    )


def _release(screening: str, visitor: str, wish: Wish) -> None:
    rows = Seat.objects.filter(screening=screening).exclude(state="available")
    taken = list(rows.filter(Q(visitor=visitor) | Q(seat__in=wish.seats)).order_by("seat"))
    if foreign := [r.seat for r in taken if r.visitor != visitor and r.seat in wish.seats]:
        raise NotYours(f"Not yours to let go: {in_words(foreign)}.")
    held = [row for row in taken if row.visitor == visitor and row.state == "held"]
    leaving = [row for row in held if row.seat in wish.seats]
    if not leaving:
        return  # free already: the same wish, arriving again
    hold = leaving[0].hold or ""
    whole = tuple(row.seat for row in held if row.hold == hold)
    handle(
        ReleaseSeats(screening, visitor, hold, wish.seats, whole),
        command_id=f"web:{wish.command}",
        actor=f"visitor:{visitor}",
    )


def _grant(request: HttpRequest, screening: str, grant: Grant) -> HttpResponse:
    """Grant the wish that was posted, and answer in the form that the sender can use."""
    found = _screening(screening)
    seats: tuple[str, ...] = ()
    problem = None
    try:
        wish = wish_of(request.POST, _room(found))
        seats = wish.seats
        grant(screening, visitor_of(request), wish)
    except Unclear as unclear:
        problem = Problem(400, str(unclear))
    except NotYours as refusal:
        problem = Problem(403, str(refusal))
    except Rejected as rejection:
        problem = Problem(409, str(rejection))
    except Busy:
        problem = Problem(503, "Many people are choosing just now. Try once more, please.")
    if request.headers.get("HX-Request"):
        return _fragment(request, found, seats, problem)
    return _page(request, found, problem) if problem else redirect("seatmap:screening", screening)


def _page(
    request: HttpRequest, screening: Screening, problem: Problem | None = None
) -> HttpResponse:
    """The whole page. Two queries, however big the room and however full it is."""
    rows = list(_seats(screening))
    drawn = _room(screening)
    context = _context(request, screening, rows, problem)
    context |= {
        "past": screening.past,  # type: ignore[attr-defined]
        "room": mark_safe(drawn.html(_known(rows), context["basket"].seats)),
        "places": len(drawn.places),
        "free": len(drawn.places) - sum(row.state != "available" for row in rows),
        "commands": {"hold": uuid4(), "release": uuid4()},
    }
    return _rendered(request, "seatmap/screening.html", context, problem)


def _fragment(
    request: HttpRequest,
    screening: Screening,
    asked: Sequence[str] = (),
    problem: Problem | None = None,
) -> HttpResponse:
    """What the script needs to know: the visitor's own seats and the seats that were asked for."""
    theirs = Q(visitor=visitor_of(request), state="held") | Q(seat__in=asked)
    rows = list(_seats(screening).filter(theirs))
    context = _context(request, screening, rows, problem)
    shown = dict.fromkeys([*context["basket"].seats, *asked])
    context["seats"] = mark_safe(_room(screening).fragments(_known(rows), shown))
    return _rendered(request, "seatmap/answer.html", context, problem)


def _context(
    request: HttpRequest, screening: Screening, rows: Sequence[Any], problem: Problem | None
) -> dict[str, Any]:
    basket = basket_of(rows, visitor_of(request), screening.price)
    return {
        "screening": screening,
        "basket": basket,
        "lasts": int(settings.HOLD_LASTS.total_seconds()),
        "checkout_url": reverse("checkout:new", args=[screening.screening]),
        "problem": problem,
    }


def _rendered(
    request: HttpRequest, template: str, context: dict[str, Any], problem: Problem | None
) -> HttpResponse:
    response = render(request, template, context, status=problem.status if problem else 200)
    # No "no-store": that would also forbid the browser to keep the page for its back button.
    patch_cache_control(response, private=True, no_cache=True)
    if problem and problem.status == 503:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _screening(screening: str) -> Screening:
    past = ExpressionWrapper(Q(starts__lte=Now()), output_field=BooleanField())
    return get_object_or_404(Screening.objects.annotate(past=past), screening=screening)


def _seats(screening: Screening) -> QuerySet[Seat]:
    left = ExpressionWrapper(F("until") - Now(), output_field=DurationField())
    return Seat.objects.filter(screening=screening.screening).annotate(left=left)


def _room(screening: Screening) -> Room:
    return room(tuple(screening.plan), show(screening.price))


def _known(rows: Sequence[Seat]) -> dict[str, tuple[str, int]]:
    return {row.seat: (row.state, row.position) for row in rows}
