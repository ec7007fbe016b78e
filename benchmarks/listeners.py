"""Viewers that keep a map each, in a process of their own, and others that read nothing."""

import asyncio
import multiprocessing
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from benchmarks.viewers import HANDSHAKE, Browser, Crowd, Pipe

SEAT = re.compile(
    rb'id="seat-(\w+)"[^>]* data-state="(\w+)"[^>]* data-position="(\d+)"[^>]*><input[^>]*>'
)
LONGEST = 1000  # bytes of a seat
LITTLE = 4096  # bytes that the system takes for one who does not read


class Heard(NamedTuple):
    seats: dict[str, tuple[str, int]]  # state, position
    came: list[tuple[int, float]]  # when a position came, by time.perf_counter()


@contextmanager
def listening(
    port: int, path: str, count: int, silent: int
) -> Iterator[Callable[[], tuple[list[Heard], int]]]:
    """Call it once, for what they have heard, and how many silent ones were let go."""
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    arguments = theirs, port, path, count, silent
    process = context.Process(target=_listen, args=arguments, daemon=True)
    process.start()
    theirs.close()  # so that its end is noticed here

    def heard() -> tuple[list[Heard], int]:
        pipe.send("heard?")
        listeners, cut = pipe.recv()
        return listeners, cut

    try:
        pipe.recv()
        yield heard
    finally:
        process.terminate()
        process.join()


class Listener(Browser):
    """Who has a map, and compares seat by seat."""

    def __init__(self, wish: bytes) -> None:
        super().__init__(Crowd(), wish, True)
        self.what = Heard({}, [])
        self.rest = b""

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        now, text, end = time.perf_counter(), self.rest + data, 0
        for found in SEAT.finditer(text):
            seat, state, position = found[1].decode(), found[2].decode(), int(found[3])
            end = found.end()
            known = self.what.seats.get(seat)
            if known is None or known[1] < position:
                self.what.seats[seat] = state, position
                self.what.came.append((position, now))
        self.rest = text[end:][-LONGEST:]


def _listen(pipe: Pipe, port: int, path: str, count: int, silent: int) -> None:
    asyncio.run(_run(pipe, port, HANDSHAKE.format(path=path, port=port).encode(), count, silent))


async def _run(pipe: Pipe, port: int, wish: bytes, count: int, silent: int) -> None:
    loop = asyncio.get_running_loop()
    listeners = list[Listener]()
    for _ in range(count):
        _, listener = await loop.create_connection(lambda: Listener(wish), "127.0.0.1", port)
        listeners.append(listener)
    kept = [_read_nothing(port, wish) for _ in range(silent)]
    await asyncio.sleep(2)
    pipe.send(len(kept))
    while not pipe.poll():
        await asyncio.sleep(0.1)
    pipe.recv()
    pipe.send(([listener.what for listener in listeners], sum(map(_was_cut, kept))))


def _read_nothing(port: int, wish: bytes) -> socket.socket:
    silent = socket.socket()
    silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LITTLE)
    silent.connect(("127.0.0.1", port))
    silent.sendall(wish)
    return silent


def _was_cut(silent: socket.socket) -> bool:
    silent.settimeout(2)
    try:
        while silent.recv(2**20):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True
