"""What the socket does with bytes that no browser of ours sends; on a real server, by hand."""

import socket
import struct
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.catalog.specs.examples import auditorium_added, movie_added, scheduled
from apps.eventlog.models import StoredEvent
from apps.seatmap.projections import seatmap
from tests.history import tell
from tests.processes import Server

TEXT, BINARY, CLOSE, PING, PONG, RESERVED = 1, 2, 8, 9, 10, 7
HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@pytest.fixture
def port(database: str, server: Callable[..., Server]) -> Iterator[int]:
    """Of a served cinema; the log stays as it was, and the server's error log empty."""
    starts = timezone.now() + timedelta(hours=5)
    tell(movie_added(), auditorium_added(), scheduled(starts, screening="s1"))
    seatmap.catch_up()
    before = StoredEvent.objects.count()
    yield server().port
    assert StoredEvent.objects.count() == before


class Line:
    """A socket that can say anything."""

    def __init__(
        self, port: int, screening: str = "s1", origin: str = "", at: str = "/ws/screenings/{}/"
    ) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._stream = self.socket.makefile("rb")
        origin = origin or f"http://127.0.0.1:{port}"
        wish = HANDSHAKE.format(path=at.format(screening), port=port, origin=origin)
        self.socket.sendall(wish.encode())
        self.status = int(self._stream.readline().split()[1])
        while self._stream.readline().strip():
            pass

    def say(self, kind: int, said: bytes) -> None:
        size = len(said)
        length = bytes([0x80 | size]) if size < 126 else b"\xff" + struct.pack(">Q", size)
        no_mask = bytes(4)
        self.socket.sendall(bytes([0x80 | kind]) + length + no_mask + said)

    def hear(self) -> tuple[int, bytes]:
        """What kind of frame came, and what it says."""
        kind, size = self._stream.read(2)
        if size >= 126:
            size = int.from_bytes(self._stream.read(2 if size == 126 else 8))
        return kind & 15, self._stream.read(size)

    def code(self) -> int:
        """The code that it was closed with."""
        kind, said = self.hear()
        assert kind == CLOSE
        return int.from_bytes(said[:2])


def test_who_speaks_is_told_why_the_line_closes(port: int) -> None:
    wrong = (
        (TEXT, b"hello", 4008),
        (TEXT, b"", 4008),
        (TEXT, b"x" * 200_000, 4009),
        (BINARY, b"\x00\xff", 4003),
    )
    for kind, said, code in wrong:
        line = Line(port)
        assert line.status == 101
        assert line.hear()[0] == TEXT
        line.say(kind, said)
        assert line.code() == code


def test_who_says_how_much_it_heard_keeps_the_line(port: int) -> None:
    line = Line(port)
    _, snapshot = line.hear()
    for _ in range(100):
        line.say(TEXT, f"heard {len(snapshot)}".encode())
    line.say(PING, b"still there?")
    assert line.hear() == (PONG, b"still there?")
    line.say(TEXT, b"heard it all")
    assert line.code() == 4008


def test_what_is_no_websocket_ends_the_line(port: int) -> None:
    for kind, said in ((TEXT, b"\xff\xfe"), (RESERVED, b"x")):
        line = Line(port)
        line.hear()
        line.say(kind, said)
        with pytest.raises((ConnectionResetError, ValueError)):
            line.code()


def test_who_may_not_have_a_line(port: int) -> None:
    assert Line(port, "unknown").code() == 4404
    assert Line(port, origin="https://elsewhere.example").status == 403
