"""What the system does not take at once follows later, and in order."""

import socket
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from twisted.internet.protocol import Factory, Protocol
from twisted.internet.selectreactor import SelectReactor

from cinema_site.transports import Prompt

PIECES = [f"{nth:7}\n".encode() * 100 for nth in range(1000)]  # together 800 kB
LITTLE = 4096  # bytes that the system takes
AT_ONCE = struct.pack("ii", 1, 0)
MEANWHILE = 0.2  # seconds, in which the other side reads, or leaves


@contextmanager
def talking(pieces: Sequence[bytes]) -> Iterator[tuple[int, threading.Event, threading.Event]]:
    """The port of somebody who speaks in two goes; whether the first, and the second, are over."""
    said = threading.Event(), threading.Event()

    class Talker(Protocol):
        transport: Any

        def connectionMade(self) -> None:
            self.transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LITTLE)
            half = len(pieces) // 2
            for first_or_second, is_said in zip((pieces[:half], pieces[half:]), said, strict=True):
                for piece in first_or_second:
                    self.transport.write(piece)
                is_said.set()
                time.sleep(MEANWHILE)
            self.transport.loseConnection()

    reactor: Any = SelectReactor()  # its types know no listenTCP
    port = reactor.listenTCP(0, Factory.forProtocol(Talker), interface="127.0.0.1")
    port.transport = Prompt
    thread = threading.Thread(target=reactor.run, kwargs={"installSignalHandlers": False})
    thread.start()
    try:
        yield port.getHost().port, *said
    finally:
        reactor.callFromThread(reactor.stop)
        thread.join()


def test_who_reads_late_hears_everything_in_order() -> None:
    with (
        talking(PIECES) as (port, half_said, _),
        socket.create_connection(("127.0.0.1", port)) as line,
    ):
        assert half_said.wait(5)
        assert b"".join(iter(lambda: line.recv(65_536), b"")) == b"".join(PIECES)


def test_who_leaves_early_stops_nobody() -> None:
    with talking(PIECES[:2]) as (port, _, all_said):
        with socket.create_connection(("127.0.0.1", port)) as line:
            assert line.recv(LITTLE) == PIECES[0]
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        assert all_said.wait(5)
