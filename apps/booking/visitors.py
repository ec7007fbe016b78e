"""Who is asking: an anonymous visitor, known by a signed cookie."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "visitor"
LASTS = timedelta(days=365)
_KNOWN, _NEW = "marquee.visitor", "marquee.visitor.new"


def visitor_of(request: HttpRequest) -> str:
    """The visitor's id, 32 hex digits. Unguessable: whoever knows it can act for that visitor."""
    if _KNOWN not in request.META:
        visitor = request.get_signed_cookie(COOKIE, default="", max_age=int(LASTS.total_seconds()))
        request.META[_NEW] = not visitor
        request.META[_KNOWN] = visitor or secrets.token_hex(16)
    return str(request.META[_KNOWN])


class VisitorMiddleware:
    """Sets the cookie when a view asked who the visitor is; pages that do not ask set none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.META.get(_NEW):
            response.set_signed_cookie(
                COOKIE,
                visitor_of(request),
                max_age=LASTS,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response
