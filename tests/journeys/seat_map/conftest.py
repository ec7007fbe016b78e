"""A room with an aisle and wheelchair spaces, and what others do in it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import ConsoleMessage, Page

from apps.booking.events import HoldExpired, SeatsHeld
from apps.eventlog import clock
from tests.history import tell
from tests.journeys.conftest import Cinema

PLAN = ("A ####..####", "B ####..####", "", "C wc##..##cw")
ALL = tuple(f"{row}{number}" for row in "ABC" for number in range(1, 9))


def others_hold(cinema: Cinema, *seats: str) -> None:
    until = clock.now() + timedelta(minutes=10)
    tell(SeatsHeld(cinema.screening, f"h-{seats[0]}", "bob", seats, (), until))


def others_let_go(cinema: Cinema, *seats: str) -> None:
    tell(HoldExpired(cinema.screening, f"h-{seats[0]}", "bob", seats))


@pytest.fixture
def plan() -> tuple[str, ...]:
    return PLAN


@pytest.fixture
def new_page(new_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """As elsewhere, and the console stays clean of all but the 409 that Chromium itself logs."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and " 409 " not in message.text:
            said.append(message.text)

    def open_page(**options: object) -> Page:
        page = new_page(**options)
        page.on("console", listen)
        return page

    yield open_page
    assert not said, said
