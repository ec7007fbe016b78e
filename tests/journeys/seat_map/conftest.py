"""One house for all journeys over the map, and a screening of its own for each."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import msgspec
import psycopg
import pytest
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.plugin import DjangoDbBlocker

from apps.booking.events import HoldExpired, SeatsHeld
from apps.booking.specs.examples import on_sale
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.eventlog import clock
from apps.eventlog.projections import catch_up_all
from tests.conftest import administrator, use
from tests.history import tell
from tests.journeys.conftest import Cinema
from tests.processes import Server

PLAN = ("A ####..####", "B ####..####", "", "C wc##..##cw")
ALL = tuple(f"{row}{number}" for row in "ABC" for number in range(1, 9))


class House:
    """A served cinema with one film, and what its other visitors do."""

    def __init__(self, database: str, server: Server) -> None:
        self.database = database
        self.server = server

    def screening(self) -> str:
        screening = uuid4().hex
        starts = clock.now() + timedelta(hours=3)
        tell(
            msgspec.structs.replace(
                on_sale(starts), screening=screening, movie="mov1", auditorium="aud1", plan=PLAN
            )
        )
        catch_up_all()
        return screening


def others_hold(cinema: Cinema, *seats: str) -> None:
    until = clock.now() + timedelta(minutes=10)
    tell(SeatsHeld(cinema.screening, f"h-{seats[0]}", "bob", seats, (), until))


def others_let_go(cinema: Cinema, *seats: str) -> None:
    tell(HoldExpired(cinema.screening, f"h-{seats[0]}", "bob", seats))


@pytest.fixture(scope="package")
def house(
    postgres_url: str,
    copies: Callable[[], str],
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    name, log = copies(), tmp_path_factory.mktemp("house") / "server.log"
    with django_db_blocker.unblock():
        use(name)
        tell(movie_added(), auditorium_added())
        database = psycopg.conninfo.make_conninfo(postgres_url, dbname=name)
        server = Server(database, log)
        yield House(database, server)
        server.stop()
        use("postgres")
    with administrator(postgres_url) as administration:
        administration.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert not server.errors(), server.errors()


@pytest.fixture
def cinema(house: House) -> Cinema:
    return Cinema(house.server.url, house.screening())


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
