"""The socket of the programme: a page says which screenings it shows, and hears how they stand."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from django.urls import path

from apps.programme.live import Hub, Viewer

HEARTBEAT = 15.0  # seconds without news; browsers take a longer silence for a broken line
LONGEST = 20_000  # characters of what a page may say
MOST = 500  # screenings that a page may watch
# daphne refuses to close with the standard codes: 1003 and 1009 in the private range.
BINARY, TOO_LONG = 4003, 4009


class Socket:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()  # the wish to connect
        await send({"type": "websocket.accept"})
        viewer = Viewer()
        talking = asyncio.create_task(_talk(viewer, send))
        listening = asyncio.create_task(self._listen(viewer, receive))
        try:
            await asyncio.wait({talking, listening}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.leave(viewer)
            talking.cancel()
            listening.cancel()
        with suppress(asyncio.CancelledError, OSError):  # told to somebody who had just left
            await talking
        with suppress(asyncio.CancelledError):
            if code := await listening:
                await send({"type": "websocket.close", "code": code})

    async def _listen(self, viewer: Viewer, receive: Any) -> int:
        """Until the browser leaves: 0, or the code to close with for what it said."""
        while (message := await receive())["type"] != "websocket.disconnect":
            if (said := message.get("text")) is None:
                return BINARY
            if len(said) > LONGEST:
                return TOO_LONG
            self.hub.watch(viewer, said.split()[:MOST])
        return 0


async def _talk(viewer: Viewer, send: Any) -> None:
    while True:
        try:
            news = await asyncio.wait_for(viewer.next(), HEARTBEAT)
        except TimeoutError:
            news = {}  # still here
        await send({"type": "websocket.send", "text": json.dumps(news, separators=(",", ":"))})


# Django types path() for views of requests alone.
websocket_urlpatterns = [path("ws/programme/", Socket(Hub()))]  # type: ignore[arg-type]
