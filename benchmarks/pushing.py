"""Servers that tell all their viewers of a change: ours, and those that it is measured against.

Each runs in a process of its own. A thread in it makes the change when told to, and answers when
that was: ours when it had committed, the others when they begin to send.
"""

import asyncio
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import psutil

from benchmarks.cinema import LASTS, screening_id

KINDS = ("daphne", "uvicorn", "websockets", "group_send")
SEAT = "A1"
GROUP = "map"

type Pipe = Connection[Any, Any]
type Change = Callable[[], float]  # answers when there was something to tell
type Ready = Callable[[int, Change], None]  # the port, and how to make a change


def path(kind: str) -> str:
    """Each has a screening of its own."""
    return f"/ws/screenings/{screening_id(KINDS.index(kind))}/"


class Pusher:
    def __init__(self, pipe: Pipe, port: int, process: psutil.Process) -> None:
        self.pipe, self.port, self.process = pipe, port, process

    def change(self) -> float:
        """When there was something to tell, by time.perf_counter()."""
        self.pipe.send("change")
        return float(self.pipe.recv())


@contextmanager
def pushing(kind: str, frame: str, **environment: str) -> Iterator[Pusher]:
    """`kind`: "daphne", "uvicorn", "websockets" or "group_send"; `frame`: what references send."""
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=_push, args=(theirs, kind, frame, environment), daemon=True)
    process.start()
    theirs.close()  # so that its end is noticed here
    try:
        yield Pusher(pipe, pipe.recv(), psutil.Process(process.pid))
    finally:
        process.terminate()
        process.join()


def _push(pipe: Pipe, kind: str, frame: str, environment: dict[str, str]) -> None:
    os.environ.update(environment)

    def ready(port: int, change: Change) -> None:
        def obey() -> None:
            while pipe.recv():
                pipe.send(change())

        threading.Thread(target=obey, daemon=True).start()
        pipe.send(port)

    dict(zip(KINDS, (_daphne, _uvicorn, _websockets, _group_send), strict=True))[kind](frame, ready)


def _daphne(frame: str, ready: Ready) -> None:
    _serve_by_daphne(_our_application(), lambda port: ready(port, hold_or_let_go("daphne")))


def _uvicorn(frame: str, ready: Ready) -> None:
    import uvicorn

    application = _our_application()
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    ready(listener.getsockname()[1], hold_or_let_go("uvicorn"))
    config = uvicorn.Config(application, log_level="warning", lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


def _websockets(frame: str, ready: Ready) -> None:
    """Nothing but the bytes: no log, no seats, no rooms."""
    from websockets.asyncio.server import ServerConnection, broadcast, serve

    async def run() -> None:
        loop, viewers = asyncio.get_running_loop(), set[ServerConnection]()

        async def view(viewer: ServerConnection) -> None:
            viewers.add(viewer)
            await viewer.wait_closed()

        async with serve(view, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
            (listener,) = server.sockets
            port: int = listener.getsockname()[1]
            ready(port, lambda: after(loop.call_soon_threadsafe, broadcast, viewers, frame))
            await server.wait_closed()

    asyncio.run(run())


def _group_send(frame: str, ready: Ready) -> None:
    """As the tutorials do it: a consumer for each viewer, and a message to their group."""
    import django

    django.setup()
    from channels.generic.websocket import AsyncWebsocketConsumer
    from channels.layers import get_channel_layer

    class Consumer(AsyncWebsocketConsumer):
        async def connect(self) -> None:
            await self.channel_layer.group_add(GROUP, self.channel_name)
            await self.accept()

        async def seat(self, event: dict[str, Any]) -> None:
            await self.send(text_data=event["text"])

    async def send() -> None:
        layer: Any = get_channel_layer()
        await layer.group_send(GROUP, {"type": "seat", "text": frame})

    def listening(port: int) -> None:
        loop = asyncio.get_event_loop()
        ready(port, lambda: after(asyncio.run_coroutine_threadsafe, send(), loop))

    _serve_by_daphne(Consumer.as_asgi(), listening)


def after(act: Callable[..., object], *arguments: object) -> float:
    """When it was before that."""
    now = time.perf_counter()
    act(*arguments)
    return now


def _our_application() -> Any:
    from cinema_site.asgi import application

    return application


def serve_ours(pipe: Pipe, act: Callable[[], object]) -> None:
    """By daphne, and `act` in a thread when told to; its answer is passed on."""

    def obey(port: int) -> None:
        pipe.send(port)
        while pipe.recv():
            pipe.send(act())

    def listening(port: int) -> None:
        threading.Thread(target=obey, args=(port,), daemon=True).start()

    _serve_by_daphne(_our_application(), listening)


def _serve_by_daphne(application: Any, listening: Callable[[int], None]) -> None:
    # autobahn colours each log line that nobody reads when it finds click, which uvicorn brings.
    sys.modules["click"] = None  # type: ignore[assignment]
    from daphne.server import Server

    from cinema_site.transports import Prompt

    ports: list[Any] = []

    class ListeningServer(Server):  # type: ignore[misc]  # daphne has no types
        def listen_success(self, port: Any) -> None:
            port.transport = Prompt  # as in cinema_site/serving.py
            ports.append(port)

    ListeningServer(
        application,
        endpoints=["tcp:port=0:interface=127.0.0.1:backlog=2048"],
        signal_handlers=False,
        websocket_timeout=-1,
        ready_callable=lambda: listening(ports[0].getHost().port),
    ).run()


def hold_or_let_go(kind: str) -> Change:
    """Changes one seat, there and back, through the log."""
    from uuid import uuid4

    from apps.booking.commands.hold_seats import HoldSeats
    from apps.booking.commands.release_seats import ReleaseSeats
    from apps.eventlog import pokes
    from apps.eventlog.handling import handle

    committed, poke = list[float](), pokes.poke
    pokes.poke = lambda: committed.append(after(poke))  # it follows the commit
    held, screening = list[HoldSeats](), screening_id(KINDS.index(kind))

    def act() -> float:
        committed.clear()
        visitor, hold = uuid4().hex, uuid4().hex
        if held:
            was = held.pop()
            release = ReleaseSeats(screening, was.visitor, was.hold, (SEAT,), (SEAT,))
            handle(release, command_id=uuid4().hex, actor="bench")
        else:
            held.append(HoldSeats(screening, visitor, hold, (SEAT,), LASTS))
            handle(held[0], command_id=uuid4().hex, actor="bench")
        return committed[0]

    return act
