"""The sockets of the maps. They tell, and hear nothing but how much of it has arrived."""

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from django.urls import path

from apps.seatmap.live import Hub

HEARTBEAT = 15.0  # seconds; browsers take a longer silence for a broken line
STILL_HERE = '<div id="live"></div>'
HEARD = re.compile(r"heard ([0-9]{1,15})")  # characters, since the line was opened
LONGEST = 1024  # characters
UNHEARD = 256_000  # characters that a viewer may be behind; the biggest map has about half
# daphne refuses to close with the standard codes: 1003, 1008, 1009 and 1013 in the private range.
BINARY, NOT_ASKED, TOO_LONG, TOO_SLOW = 4003, 4008, 4009, 4013

type Message = dict[str, Any]
type Send = Callable[[Message], Awaitable[None]]


class Outbox:
    """What one viewer is told. Who falls too far behind is let go, and comes back to a snapshot.

    A server may take whatever it is given and keep it for a viewer who reads nothing (daphne does),
    so it is the viewers who say how much they have heard.
    """

    def __init__(self) -> None:
        self._send: Send | None = None  # until the line is open
        self._waiting: deque[Message] = deque()
        self._sending: asyncio.Task[None] | None = None
        self._beating: asyncio.TimerHandle | None = None
        self._told = self._heard = 0  # characters
        self._ended = False

    def open(self, send: Send) -> None:
        self._send = send
        self._send_on()
        self._beating = asyncio.get_running_loop().call_later(HEARTBEAT, self._beat)

    def close(self) -> None:
        """The line is gone."""
        self._ended = True
        if self._beating:
            self._beating.cancel()
        if self._sending:
            self._sending.cancel()

    def tell(self, frame: str) -> None:
        if self._told - self._heard > UNHEARD:
            self.end(TOO_SLOW)
        elif not self._ended:
            self._told += len(frame)
            self._put({"type": "websocket.send", "text": frame})

    def hear(self, characters: int) -> None:
        self._heard = max(self._heard, min(characters, self._told))

    def end(self, code: int, reason: str = "") -> None:
        """Close the line with that code; what was not sent yet no longer matters."""
        if not self._ended:
            self.close()
            self._sending = None
            self._waiting.clear()
            self._put({"type": "websocket.close", "code": code, "reason": reason})

    def _put(self, message: Message) -> None:
        self._waiting.append(message)
        self._send_on()

    def _send_on(self) -> None:
        """At once. Only where the server makes us wait, a task of the loop's goes on with it."""
        if self._send and (self._sending is None or self._sending.done()):
            loop = asyncio.get_running_loop()
            self._sending = asyncio.Task(self._send_all(self._send), loop=loop, eager_start=True)

    async def _send_all(self, send: Send) -> None:
        with suppress(OSError):  # told to somebody who had just left
            while self._waiting:
                await send(self._waiting.popleft())

    def _beat(self) -> None:
        self.tell(STILL_HERE)
        self._beating = asyncio.get_running_loop().call_later(HEARTBEAT, self._beat)


class Socket:
    """The ASGI application that shows a screening's map to a browser."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()  # the wish to connect
        await send({"type": "websocket.accept"})
        screening, viewer = scope["url_route"]["kwargs"]["screening"], Outbox()
        self.hub.join(screening, viewer)
        try:
            await converse(viewer, receive, send)
        finally:
            self.hub.leave(screening, viewer)


async def converse(viewer: Outbox, receive: Any, send: Send) -> None:
    """Tell the viewer what there is to tell, until the line is closed by one of the two."""
    viewer.open(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            text = message.get("text")
            if text and (heard := HEARD.fullmatch(text)):
                viewer.hear(int(heard[1]))
            else:
                viewer.end(*_refusal(text))
    finally:
        viewer.close()


def _refusal(text: str | None) -> tuple[int, str]:
    if text is None:
        return BINARY, "This line carries text only."
    if len(text) > LONGEST:
        return TOO_LONG, "That was too long."
    return NOT_ASKED, "This line only tells. Ask by the page's forms."


# Django types path() for views of requests alone.
websocket_urlpatterns = [path("ws/screenings/<slug:screening>/", Socket(Hub()))]  # type: ignore[arg-type]
