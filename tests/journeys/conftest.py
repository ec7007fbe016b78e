"""A small cinema for all journeys, and a screening of its own for each."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import msgspec
import psycopg
import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from apps.booking.specs.examples import on_sale
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.checkout.events import OrderPlaced
from apps.eventlog import clock
from apps.eventlog.events import Event
from apps.eventlog.projections import catch_up_all
from tests.conftest import administrator, use
from tests.history import logged, tell
from tests.processes import Server

TIMEOUT = 5000  # ms
expect.set_options(timeout=TIMEOUT)
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

    def logged[E: Event](self, *kinds: type[E]) -> list[E]:
        """What is logged of these kinds about the screening and its orders."""
        here = {self.screening}
        here |= {placed.order for placed in logged(OrderPlaced) if placed.screening in here}
        about = "screening", "order"
        return [e for e in logged(*kinds) if any(getattr(e, name, "") in here for name in about)]


def seat(page: Page, name: str) -> Locator:
    return page.locator(f"#seat-{name}")


def press(page: Page, name: str) -> None:
    """Click it when it has its answer: while one is awaited, the map takes no second wish."""
    expect(seat(page, name)).not_to_have_attribute("data-busy", "")
    seat(page, name).click()


@dataclass
class House:
    """A served cinema with a database of its own."""

    database: str
    server: Server
    blocker: DjangoDbBlocker

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Its database is also that of this process' ORM."""
        before = connections.settings["default"]["NAME"]
        with self.blocker.unblock():
            use(self.database)
            try:
                yield
            finally:
                use(before)


@pytest.fixture(scope="session")
def open_house(
    postgres_url: str,
    copies: Callable[[], str],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Callable[..., AbstractContextManager[House]]:
    """Opens one with what `fill` puts there, for several tests: to start a server takes seconds."""

    @contextmanager
    def opened(fill: Callable[[], object], worker: bool = True) -> Iterator[House]:
        name, log = copies(), tmp_path_factory.mktemp("house") / "server.log"
        address = psycopg.conninfo.make_conninfo(postgres_url, dbname=name)
        server = Server(address, log, worker=worker)
        house = House(name, server, django_db_blocker)
        try:
            with house.inside():
                fill()
            yield house
        finally:
            server.stop()
            with administrator(postgres_url) as postgres:
                postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")

    return opened


@pytest.fixture(scope="session")
def house(open_house: Callable[..., AbstractContextManager[House]]) -> Iterator[House]:
    """One for all journeys that do not mind each other."""
    with open_house(lambda: tell(movie_added(), auditorium_added())) as house:
        yield house
    assert not house.server.errors(), house.server.errors()


@pytest.fixture
def plan() -> tuple[str, ...]:
    return on_sale().plan


@pytest.fixture
def cinema(house: House, plan: tuple[str, ...]) -> Iterator[Cinema]:
    start = len(house.server.log.read_text())
    with house.inside():
        yield Cinema(house.server.url, put_on(plan))
    wrong = house.server.errors(start)
    assert not wrong, wrong


@pytest.fixture
def screening(database: str, plan: tuple[str, ...]) -> str:
    """In a database that nobody serves as yet."""
    tell(movie_added(), auditorium_added())
    return put_on(plan)


def put_on(plan: tuple[str, ...]) -> str:
    screening = uuid4().hex
    scheduled = msgspec.structs.replace(
        on_sale(clock.now() + FROM_NOW),
        screening=screening,
        movie="mov1",
        auditorium="aud1",
        plan=plan,
    )
    tell(scheduled)
    catch_up_all()
    return screening
