"""Pages of what is on: a day or a search, a movie, a poster."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from apps.eventlog.screens import screen
from apps.programme import days
from apps.programme.filters import Filters
from apps.programme.finding import choices, days_of_movie, films_by_day, movies_of_day, search
from apps.programme.models import Movie
from apps.programme.rows import about, drawn
from apps.programme.structured import movie_data

HOUR = 3600  # seconds
YEAR = 365 * 24 * HOUR


@screen("Programme", actor="Moviegoer")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One day's films, or those that a search finds on any day. Three queries, or four."""
    today = timezone.localdate()
    day = days.asked(request.GET.get("day"), today)
    if day is None:
        return _no_such_day(request)
    filters = Filters.of(request.GET)
    named = day if request.GET.get("day") else None
    if _is_asked_for_by_htmx(request):
        return _answer(request, filters.address(named), _found(filters, day, named))
    if "" in request.GET.values():  # a form, sent without a script: leave out what it left empty
        return redirect(filters.address(named))
    context = _found(filters, day, named) | {"choices": choices(filters, timezone.now())}
    # Searches and filters are not worth finding by another search: the day is.
    context |= _shared(request, Filters().address(day if day != today else None))
    return _varied(render(request, "programme/index.html", context))


def _found(filters: Filters, day: date, named: date | None) -> dict[str, Any]:
    """What is shown of the day, or of all days in a search. `named` is the address's day if any."""
    now, anywhen = timezone.now(), bool(filters.q)
    today = timezone.localdate(now)
    films = films_by_day(min(day, today), filters)
    address = filters.without("q").address
    return {
        "filters": filters,
        "named_day": named,
        "searching": anywhen,
        "chips": list(filters.chips(named)),
        "unfiltered_url": Filters().address(named),
        "days": days.strip(None if anywhen else day, today, films, address),
        "day": {"date": day, "label": days.label(day, today), "named": days.named(day, today)},
        "movies": search(filters, now) if anywhen else movies_of_day(day, now, filters),
        "next_day": None if anywhen else days.next_day(day, films, address),
    }


def _is_asked_for_by_htmx(request: HttpRequest) -> bool:
    restoring = "HX-History-Restore-Request" in request.headers
    return "HX-Request" in request.headers and not restoring


def _answer(request: HttpRequest, address: str, context: dict[str, Any]) -> HttpResponse:
    """The parts of the page that a filter changes. Typing on refines a search: one step back."""
    shown = context | {"address": address}
    response = render(request, "programme/index.html#answer", shown)
    refined = context["searching"] and "q=" in request.headers.get("HX-Current-URL", "")
    typed = request.headers.get("HX-Trigger-Name") == "q"
    response["HX-Replace-Url" if refined and typed else "HX-Push-Url"] = address
    return _varied(response)


def _varied(response: HttpResponse) -> HttpResponse:
    # One address, two answers: a browser must not show the parts for the whole.
    patch_vary_headers(response, ["HX-Request"])
    patch_cache_control(response, no_cache=True)
    return response


def _no_such_day(request: HttpRequest) -> HttpResponse:
    context = {
        "title": gettext("No such day"),
        "text": gettext("That is no day of our programme. Today’s films are one tap away."),
        "link_url": reverse("programme:index"),
        "link_text": gettext("Today’s programme"),
    }
    return render(request, "message.html", context, status=404)


@screen("Movie", actor="Moviegoer")
@require_safe
def movie(request: HttpRequest, slug: str) -> HttpResponse:
    """A movie and its screenings from today on. Two queries."""
    now = timezone.now()
    found = get_object_or_404(Movie, slug=slug)
    context: dict[str, Any] = {"movie": about(found), "days": days_of_movie(found, now)}
    context |= _shared(request, context["movie"]["url"])
    context["data"] = movie_data(context["movie"], context["days"], request.build_absolute_uri)
    return render(request, "programme/movie.html", context)


def _shared(request: HttpRequest, path: str) -> dict[str, Any]:
    """What those need who show a preview of the page: whole addresses."""
    card = static("img/card.png")
    return {
        "page_url": request.build_absolute_uri(path),
        "card_url": request.build_absolute_uri(card),
    }


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The poster as SVG. With ?v= its address names the content, so that may be kept for ever."""
    found = get_object_or_404(Movie, slug=slug)
    svg, version = drawn(found.title, found.genre, found.year)
    etag = f'"{version}"'
    response = HttpResponse(svg, content_type="image/svg+xml", headers={"ETag": etag})
    if request.GET.get("v") == version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=HOUR)
    return get_conditional_response(request, etag=etag, response=response) or response
