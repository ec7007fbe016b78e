"""The page for what should not have happened."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

from cinema_site.context import cinema


def our_fault(request: HttpRequest) -> HttpResponse:
    """Asks nobody who the visitor is: the database may be what failed."""
    return HttpResponseServerError(render_to_string("500.html", cinema(request)))
