"""What the system does not take at once follows later, and in order."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.selectreactor import SelectReactor

from cinema_site.transports import Prompt

PIECES = [f"{nth:7}\n".encode() * 100 for nth in range(1000)]  # together 800 kB
LITTLE = 4096  # bytes that the system takes
AT_ONCE = struct.pack("ii", 1, 0)
MEANWHILE = 0.2  # seconds, in which the other side reads, or leaves

type Speak = Callable[[Any], None]


@contextmanager
def listening_to(speak: Speak) -> Iterator[socket.socket]:
    """A line to somebody who does that with the other end."""

    class Talker(Protocol):
        transport: Any

        def connectionMade(self) -> None:
            self.transport.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LITTLE)
            speak(self.transport)

    reactor: Any = SelectReactor()  # its types know no listenTCP
    port = reactor.listenTCP(0, Factory.forProtocol(Talker), interface="127.0.0.1")
    port.transport = Prompt
    thread = threading.Thread(target=reactor.run, kwargs={"installSignalHandlers": False})
    thread.start()
    try:
        with socket.create_connection(("127.0.0.1", port.getHost().port), timeout=5) as line:
            yield line
    finally:
        reactor.callFromThread(reactor.stop)
        thread.join()


class TwoGoes:
    """Says the first half, waits a while, says the second."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self.halves = pieces[: len(pieces) // 2], pieces[len(pieces) // 2 :]
        self.said = threading.Event(), threading.Event()

    def __call__(self, transport: Any) -> None:
        for half, said in zip(self.halves, self.said, strict=True):
            for piece in half:
                transport.write(piece)
            said.set()
            time.sleep(MEANWHILE)
        transport.loseConnection()


def heard(line: socket.socket) -> bytes:
    return b"".join(iter(lambda: line.recv(65_536), b""))


def test_who_reads_late_hears_everything_in_order() -> None:
    speak = TwoGoes(PIECES)
    with listening_to(speak) as line:
        assert speak.said[0].wait(5)
        assert heard(line) == b"".join(PIECES)


def test_who_leaves_early_stops_nobody() -> None:
    speak = TwoGoes(PIECES[:2])
    with listening_to(speak) as line:
        assert line.recv(LITTLE) == PIECES[0]
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        line.close()
        assert speak.said[1].wait(5)


def test_nothing_follows_an_abort() -> None:
    def speak(transport: Any) -> None:
        time.sleep(MEANWHILE)
        transport.abortConnection()
        transport.write(b"too late")

    with listening_to(speak) as line, pytest.raises(ConnectionResetError):
        line.recv(LITTLE)
