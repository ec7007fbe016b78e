"""Refuses requests that no browser sends and that Django would stumble over, before it does."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

type GetResponse = Callable[[HttpRequest], HttpResponse]


class PlainMiddleware:
    """Answers 400 to a NUL in the address or a cookie (PostgreSQL takes none), and to forms that
    are not UTF-8 (Django refuses those, and again while it draws the page that says so)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_plain(request):
            return self.get_response(request)
        return render(request, "400.html", status=400)


def _is_plain(request: HttpRequest) -> bool:
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    texts = [request.path_info, *request.COOKIES.values()]
    charset = (request.content_params or {}).get("charset", "utf-8")
    return (
        b"\x00" not in query
        and not any("\x00" in text for text in texts)
        and charset.lower().strip('"') in ("utf-8", "utf8")
    )
