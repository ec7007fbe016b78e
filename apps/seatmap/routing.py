"""The sockets of the maps. They speak, and never listen."""

import asyncio
from contextlib import suppress
from typing import Any

from django.urls import path

from apps.seatmap.live import Hub

HEARTBEAT = 15.0  # seconds without a change; browsers take a longer silence for a broken line
STILL_HERE = '<div id="live" hx-swap-oob="seat"></div>'
LONGEST = 1024  # characters
MAX_WAITING = 100  # frames that a viewer may be behind
# daphne refuses to close with the standard codes: 1003, 1008, 1009 and 1013 in the private range.
BINARY, NOT_ASKED, TOO_LONG, TOO_SLOW = 4003, 4008, 4009, 4013

type Message = dict[str, Any]


class Outbox:
    """What one viewer is to be told. Who cannot keep up is let go, and comes back to a snapshot."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[str | int] = asyncio.Queue(MAX_WAITING)

    def tell(self, frame: str) -> None:
        if self._waiting.full():
            self.end(TOO_SLOW)
        else:
            self._waiting.put_nowait(frame)

    def end(self, code: int) -> None:
        """Close the socket with that code; what was not sent yet no longer matters."""
        while not self._waiting.empty():
            self._waiting.get_nowait()
        self._waiting.put_nowait(code)

    async def next(self) -> str | int:
        """A frame, or the code to close with."""
        try:
            return await asyncio.wait_for(self._waiting.get(), HEARTBEAT)
        except TimeoutError:
            return STILL_HERE


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


async def converse(viewer: Outbox, receive: Any, send: Any) -> None:
    """Tell the viewer what there is to tell, until one of the two closes the line."""
    talking = asyncio.create_task(_talk(viewer, send))
    listening = asyncio.create_task(_listen(receive))
    try:
        await asyncio.wait({talking, listening}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        talking.cancel()
        listening.cancel()
    with suppress(asyncio.CancelledError, OSError):  # told to somebody who had just left
        await talking
    with suppress(asyncio.CancelledError):
        if refusal := await listening:
            await send(refusal)


async def _talk(viewer: Outbox, send: Any) -> None:
    """Pass on what the viewer is told, until that is to close."""
    while True:
        told = await viewer.next()
        if isinstance(told, int):
            await send({"type": "websocket.close", "code": told})
            return
        await send({"type": "websocket.send", "text": told})


async def _listen(receive: Any) -> Message | None:
    """Wait for the end: None when the browser has left, else the answer to what it said."""
    message = await receive()
    if message["type"] == "websocket.disconnect":
        return None
    if message.get("text") is None:
        return _close(BINARY, "This line carries text only.")
    if len(message["text"]) > LONGEST:
        return _close(TOO_LONG, "That was too long.")
    return _close(NOT_ASKED, "This line only tells. Ask by the page's forms.")


def _close(code: int, reason: str) -> Message:
    return {"type": "websocket.close", "code": code, "reason": reason}


websocket_urlpatterns = [path("ws/screenings/<slug:screening>/", Socket(Hub()))]  # type: ignore[arg-type]
