"""A visitor without a browser: a cookie jar, the forms of a map, and a live line to it."""

import http.client
import re
import time
from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import uuid4

from tests.test_seatmap_socket import Line

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CLOSE = 8

type Fields = Mapping[str, str]


class Visitor:
    """Comes over TLS, which the platform's router has ended."""

    def __init__(self, port: int, screening: str) -> None:
        self.port = port
        self.map = f"/screenings/{screening}/"
        self._cookies: dict[str, str] = {}
        self._token = ""

    def get(self) -> tuple[int, str]:
        """The status and the text of the page with the map."""
        return self._ask("GET", self.map)

    def hold(self, seat: str) -> int:
        """The status of the answer: 302 when the seat is now this visitor's."""
        self._token = self._token or TOKEN.findall(self.get()[1])[0]
        fields = {"seats": seat, "command": str(uuid4()), "csrfmiddlewaretoken": self._token}
        return self._ask("POST", f"{self.map}holds/", fields)[0]

    def has(self, *seats: str) -> bool:
        """Whether the basket shows these."""
        return all(f" of {seat}</span>" in self.get()[1] for seat in seats)

    def _ask(
        self, method: str, path: str, fields: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request(
            method,
            path,
            urlencode(fields) if fields else None,
            {
                "X-Forwarded-Proto": "https",
                "Referer": f"https://127.0.0.1:{self.port}{self.map}",
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            },
        )
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        body = answer.read().decode()
        line.close()
        return answer.status, body


class LiveMap:
    """What a browser hears of a screening."""

    def __init__(self, port: int, screening: str) -> None:
        self._line = Line(port, screening, origin=f"https://127.0.0.1:{port}")
        assert self._line.status == 101
        self._hear()  # the snapshot

    def wait_for(self, seat: str, state: str) -> float:
        """Listen until the seat is so; by the clock of time.monotonic()."""
        shown = re.compile(rf'id="seat-{seat}"[^>]* data-state="{state}"')
        while not shown.search(self._hear()):
            pass
        return time.monotonic()

    def close(self) -> None:
        self._line.socket.close()

    def _hear(self) -> str:
        kind, said = self._line.hear()
        assert kind != CLOSE
        return said.decode(errors="replace")
