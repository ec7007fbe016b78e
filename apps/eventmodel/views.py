"""Pages of the event model: the whole picture, and one slice of it."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Concatenate

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.eventmodel.discovery import event_model, slices_by_name
from apps.eventmodel.drawing import Drawing
from apps.eventmodel.drawing_details import details_of
from apps.eventmodel.drawing_results import marks_on, outcomes, summary_of


@cache
def drawing() -> Drawing:
    """Code does not change while a process runs, so once a process."""
    return Drawing(event_model())


type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_developers[**P](view: View[P]) -> View[P]:
    """In production the cinema's own staff alone may look behind the screen."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if settings.PRODUCTION and not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_developers
def picture(request: HttpRequest) -> HttpResponse:
    drawn = drawing()
    context = {
        "drawing": drawn,
        "picture": drawn.picture,
        "marks": marks_on(drawn.picture),
        "run": summary_of(drawn.model),
    }
    return render(request, "eventmodel/picture.html", context)


@require_safe
@for_developers
def slice_page(request: HttpRequest, name: str) -> HttpResponse:
    """A slice by its own name or by that of a box in it; to htmx without the page round it."""
    found = slices_by_name().get(name)
    if found is None:
        raise Http404
    number = drawing().model.slices.index(found) + 1
    context = {"slice": found, "number": number, "details": details_of(found, outcomes())}
    part = "#detail" if request.htmx else ""  # type: ignore[attr-defined]  # django_htmx adds it
    return render(request, f"eventmodel/slice.html{part}", context)
