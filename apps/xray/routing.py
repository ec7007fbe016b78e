"""The drawers' socket. Like those of the maps it tells, and hears how much has arrived."""

from typing import Any

from django.urls import path

from apps.seatmap.routing import Outbox, converse
from apps.xray.hub import Hub


class Socket:
    """The ASGI application that shows a browser what clicks set in motion."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()  # the wish to connect
        await send({"type": "websocket.accept"})
        viewer = Outbox()
        self.hub.join(viewer)
        try:
            await converse(viewer, receive, send)
        finally:
            self.hub.leave(viewer)


# Django types path() for views of requests alone.
websocket_urlpatterns = [path("ws/xray/", Socket(Hub()))]  # type: ignore[arg-type]
