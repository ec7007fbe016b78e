"""What stands between the server and the pages: HTTP that WSGI could not carry unambiguously."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote_from_bytes

type Scope = dict[str, Any]
type App = Callable[[Scope, Any, Any], Awaitable[None]]


def tidied(pages: App) -> App:
    """The pages, behind requests whose headers and query WSGI tells apart as HTTP does."""

    async def tidy(scope: Scope, receive: Any, send: Any) -> None:
        # Bytes beyond ASCII are sent raw by some clients; nothing but ASCII fits WSGI's query.
        query = quote_from_bytes(scope["query_string"], safe=bytes(range(33, 127)))
        headers = merged_cookies(scope["headers"])
        await pages(scope | {"query_string": query.encode(), "headers": headers}, receive, send)

    return tidy


def merged_cookies(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with one Cookie, and none that would pose as another.

    In WSGI "X_Forwarded_Proto" is the same name as "X-Forwarded-Proto", which a router vouches for.
    """
    plain = [(name, value) for name, value in headers if b"_" not in name and name != b"cookie"]
    cookies = [value for name, value in headers if name == b"cookie"]
    return [*plain, (b"cookie", b"; ".join(cookies))] if cookies else plain


async def nowhere(scope: Scope, receive: Any, send: Any) -> None:
    """Refuses a socket at an address that has none."""
    await send({"type": "websocket.close"})
