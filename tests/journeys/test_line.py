"""The line to the map: cut and mended, refused by a proxy, and how much of it was heard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.journeys.conftest import Cinema, press, seat
from tests.journeys.lines import Line
from tests.processes import Server


@pytest.fixture
def line(cinema: Cinema) -> Iterator[Line]:
    line = Line(int(cinema.url.rpartition(":")[2]))
    yield line
    line.close()


def test_after_a_cut_line_the_map_shows_the_truth(
    cinema: Cinema, line: Line, new_page: Callable[..., Page]
) -> None:
    far, near = new_page(), new_page()
    Cinema(line.url, cinema.screening).open_map(far)
    cinema.open_map(near)
    press(far, "A1")
    expect(seat(near, "A1")).to_have_attribute("data-state", "held")
    line.cut()
    expect(far.locator(".line-lost")).to_have_text(
        "We lost the line. The map may be old; your hold is safe."
    )
    press(near, "A7")
    expect(seat(near, "A7")).to_have_attribute("data-mine", "")
    assert seat(far, "A7").get_attribute("data-state") == "available"
    line.mend()
    expect(seat(far, "A7")).to_have_attribute("data-state", "held", timeout=10_000)
    expect(seat(far, "A1")).to_have_attribute("data-mine", "")
    expect(far.locator(".line-lost")).to_have_text("")
    press(near, "A8")
    expect(seat(far, "A8")).to_have_attribute("data-state", "held")


def test_the_map_survives_a_restart_of_the_server(
    screening: str, server: Callable[..., Server], page: Page
) -> None:
    first = server()
    cinema = Cinema(first.url, screening)
    cinema.open_map(page)
    press(page, "A1")
    expect(seat(page, "A1")).to_have_attribute("data-mine", "")
    first.stop()
    expect(page.locator(".room")).to_have_attribute("data-stale", "")
    server(port=first.port)
    expect(page.locator(".room")).not_to_have_attribute("data-stale", "", timeout=10_000)
    expect(seat(page, "A1")).to_have_attribute("data-mine", "")


def test_where_sockets_are_refused_the_map_asks(
    cinema: Cinema, line: Line, new_page: Callable[..., Page]
) -> None:
    """And finds back to a socket by itself."""
    line.sockets = False
    far, near = new_page(), new_page()
    far.goto(Cinema(line.url, cinema.screening).map)
    expect(far.locator("#line")).to_have_text("nearly live", timeout=10_000)
    cinema.open_map(near)
    press(near, "A1")
    expect(seat(far, "A1")).to_have_attribute("data-state", "held")
    press(far, "A2")
    expect(seat(far, "A2")).to_have_attribute("data-mine", "")
    expect(seat(near, "A2")).to_have_attribute("data-state", "held")
    line.cut()
    expect(far.locator("#line")).to_have_text("reconnecting", timeout=10_000)
    line.sockets = True
    line.mend()
    expect(far.locator("#line")).to_have_text("live", timeout=15_000)
    expect(seat(far, "A2")).to_have_attribute("data-mine", "")


def test_the_browser_says_how_much_it_has_heard(cinema: Cinema, page: Page) -> None:
    heard, told = list[str](), list[int]()

    def listen(socket: WebSocket) -> None:
        if "/ws/screenings/" in socket.url:
            socket.on("framesent", lambda said: heard.append(str(said)))
            socket.on("framereceived", lambda said: told.append(len(said)))

    page.on("websocket", listen)
    cinema.open_map(page)
    expect(page.locator("#line")).to_have_text("live")
    assert heard == [f"heard {told[0]}"]
