"""One house for all walks: they only look at it."""

import re
from collections.abc import Callable, Iterator

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import administrator, use
from tests.journeys.pages.house import House, fill, noon_of_tomorrow
from tests.processes import Server

WRONG = re.compile(" (ERROR|CRITICAL) ")
MEANT = "Internal Server Error: /movies/the-salt-meridian/"  # in states.refusals


@pytest.fixture(scope="package")
def house(
    postgres_url: str,
    copies: Callable[[], str],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[House]:
    name = copies()
    with django_db_blocker.unblock():
        use(name)
        noon = noon_of_tomorrow()
        fill(noon)
        address = psycopg.conninfo.make_conninfo(postgres_url, dbname=name)
        server = Server(address, tmp_path_factory.mktemp("pages") / "server.log", worker=False)
        yield House(server.url, noon)
        server.stop()
        use("postgres")
    with administrator(postgres_url) as postgres:
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")
    wrong = [line for line in server.errors().splitlines() if WRONG.search(line)]
    assert all(MEANT in line for line in wrong), wrong
