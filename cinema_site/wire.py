"""What stands between the server and the pages."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from autobahn.exception import Disconnected

type App = Callable[[Any, Any, Any], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]


class Counted:
    """An application that knows how many requests it is answering, so that a stop can wait."""

    def __init__(self, application: App) -> None:
        self.application = application
        self.in_flight = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.in_flight += 1
        try:
            await self.application(scope | {"headers": tidied(scope["headers"])}, receive, send)
        finally:
            self.in_flight -= 1


class Parting:
    """A socket application whose browser may have left before it is told something: no error."""

    def __init__(self, application: App) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        with suppress(OSError, Disconnected):  # the standard's, and what daphne raises instead
            await self.application(scope, receive, send)


def tidied(headers: Headers) -> Headers:
    """The headers with one Cookie, and none that would pose as another.

    In WSGI "X_Forwarded_Proto" is the same name as "X-Forwarded-Proto", which a router vouches for.
    """
    rest = [(name, value) for name, value in headers if b"_" not in name and name != b"cookie"]
    cookies = [value for name, value in headers if name == b"cookie"]
    return [*rest, (b"cookie", b"; ".join(cookies))] if cookies else rest


async def nowhere(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Refuses a socket at an address that has none."""
    await send({"type": "websocket.close"})
