"""A crowd of browsers in a process of its own: raw sockets that note when a change has come."""

import asyncio
import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
CHANGE = b'id="seat-'
OFTEN = 32_000  # bytes; so often a browser says that it has heard them
PING, PONG, TEXT, NO_MASK, LONGEST_HEAD = 0x89, 0x8A, 0x81, bytes(4), 10
SETTLED = 0.5  # seconds without a word

type Pipe = Connection[Any, Any]


class Viewers:
    """Tell them to look out before a change; they answer when the last of them has it."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe

    def look_out(self) -> None:
        self._pipe.send("look out")
        self._pipe.recv()

    def last(self) -> float:
        """When the last one had it, by time.perf_counter()."""
        if not self._pipe.poll(20):
            raise RuntimeError("a change did not reach every viewer")
        return float(self._pipe.recv())


@contextmanager
def watching(port: int, path: str, count: int, *, acknowledge: bool) -> Iterator[Viewers]:
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    arguments = theirs, port, path, count, acknowledge
    process = context.Process(target=_watch, args=arguments, daemon=True)
    process.start()
    theirs.close()  # so that its end is noticed here
    try:
        if pipe.recv() != count:
            raise RuntimeError(f"not all viewers got a line to {path}")
        yield Viewers(pipe)
    finally:
        process.terminate()
        process.join()


class Crowd:
    def __init__(self) -> None:
        self.turn = 0
        self.missing = 0
        self.heard_at = 0.0
        self.came = asyncio.Event()

    def look_out(self, count: int) -> None:
        self.turn += 1
        self.missing = count
        self.came.clear()

    def heard(self) -> None:
        self.missing -= 1
        if self.missing == 0:
            self.heard_at = time.perf_counter()
            self.came.set()


class Browser(asyncio.Protocol):
    def __init__(self, crowd: Crowd, wish: bytes, acknowledge: bool) -> None:
        self.crowd, self.wish, self.acknowledge = crowd, wish, acknowledge
        self.opened = asyncio.get_running_loop().create_future()
        self.turn = self.heard = self.said = self.to_come = 0
        self.begun = b""
        self.spoke = 0.0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.wish)

    def data_received(self, data: bytes) -> None:
        self.spoke = time.perf_counter()
        if not self.opened.done():
            answer, _, data = data.partition(b"\r\n\r\n")
            self.opened.set_result(b" 101 " in answer)
        self.heard += len(data)
        self._take_frames(data)
        if self.turn != self.crowd.turn and CHANGE in data:
            self.turn = self.crowd.turn
            self.crowd.heard()
        if self.acknowledge and self.heard - self.said > OFTEN:
            self.said = self.heard
            self._say(TEXT, f"heard {self.heard}".encode())

    def _take_frames(self, data: bytes) -> None:
        """Answer the pings among them. `to_come`: what is missing of a frame that began before."""
        data = self.begun + data
        start, self.begun = self.to_come, b""
        while start < len(data):
            if len(data) - start < LONGEST_HEAD and len(data) < start + _length(data[start:]):
                self.begun, start = data[start:], len(data)
                break
            length = _length(data[start:])
            if data[start] == PING:
                self._say(PONG, data[start + 2 : start + length])
            start += length
        self.to_come = start - len(data)

    def _say(self, kind: int, said: bytes) -> None:
        self.transport.write(bytes([kind, 0x80 | len(said)]) + NO_MASK + said)


def _length(frame: bytes) -> int:
    """Of the frame and its head; too much, if not even the head is there."""
    size = frame[1] if len(frame) > 1 else LONGEST_HEAD
    if size < 126:
        return 2 + size
    digits = 2 if size == 126 else 8
    return 2 + digits + int.from_bytes(frame[2 : 2 + digits])


def _watch(pipe: Pipe, port: int, path: str, count: int, acknowledge: bool) -> None:
    asyncio.run(_listen(pipe, port, HANDSHAKE.format(path=path, port=port), count, acknowledge))


async def _listen(pipe: Pipe, port: int, wish: str, count: int, acknowledge: bool) -> None:
    loop, crowd = asyncio.get_running_loop(), Crowd()
    browsers = list[Browser]()
    for _ in range(count):

        def make() -> Browser:
            return Browser(crowd, wish.encode(), acknowledge)

        _, browser = await loop.create_connection(make, "127.0.0.1", port)
        await browser.opened
        browsers.append(browser)
    while time.perf_counter() - max(browser.spoke for browser in browsers) < SETTLED:
        await asyncio.sleep(0.1)
    pipe.send(sum(browser.opened.result() for browser in browsers))
    orders: asyncio.Queue[str] = asyncio.Queue()

    def obey() -> None:
        while True:
            loop.call_soon_threadsafe(orders.put_nowait, pipe.recv())

    threading.Thread(target=obey, daemon=True).start()
    while True:
        await orders.get()
        crowd.look_out(count)
        pipe.send("ready")
        await crowd.came.wait()
        pipe.send(crowd.heard_at)
