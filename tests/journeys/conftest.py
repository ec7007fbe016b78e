"""A small cinema with one screening, served by a process of its own."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from apps.booking.specs.examples import on_sale
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.eventlog import clock
from apps.eventlog.projections import catch_up_all
from tests.history import tell
from tests.processes import Server

expect.set_options(timeout=5000)
FROM_NOW = timedelta(hours=3)  # the screening begins


class Cinema:
    """Where the journeys go."""

    def __init__(self, url: str, screening: str) -> None:
        self.url = url
        self.screening = screening
        self.map = f"{url}/screenings/{screening}/"
        # Late in the evening that is tomorrow.
        self.programme = f"{url}/?day={timezone.localdate(clock.now() + FROM_NOW)}"

    def open_map(self, page: Page) -> None:
        """Open the seat map, and wait until it is live."""
        page.goto(self.map)
        self.wait_until_live(page)

    def wait_until_live(self, page: Page) -> None:
        expect(page.locator(".room:not([data-stale])[data-live]")).to_be_attached()


def seat(page: Page, name: str) -> Locator:
    return page.locator(f"#seat-{name}")


def press(page: Page, name: str) -> None:
    seat(page, name).click()


@pytest.fixture
def screening(database: str) -> str:
    screening = uuid4().hex
    scheduled = msgspec.structs.replace(
        on_sale(clock.now() + FROM_NOW),
        screening=screening,
        movie="mov1",
        auditorium="aud1",
    )
    tell(movie_added(), auditorium_added(), scheduled)
    catch_up_all()
    return screening


@pytest.fixture
def cinema(screening: str, server: Callable[..., Server]) -> Cinema:
    return Cinema(server().url, screening)
