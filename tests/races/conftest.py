"""Every race runs on two PostgreSQL servers: the newest, which is embedded, and the oldest."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from cinema_site import postgres
from tests.conftest import miss
from tests.races import servers

EMBEDDED, DEBIAN = "embedded 18", "Debian 15"


@pytest.fixture(params=[EMBEDDED, DEBIAN])
def version(request: pytest.FixtureRequest) -> str:
    """Which PostgreSQL this is about."""
    return str(request.param)


@pytest.fixture
def database(
    request: pytest.FixtureRequest, version: str, django_db_blocker: DjangoDbBlocker, number: int
) -> Iterator[str]:
    """As everywhere: the URL of an empty, migrated database for this test alone."""
    if version == DEBIAN:
        url, template = request.getfixturevalue("debian")
    else:
        url = request.getfixturevalue("postgres_url")
        template = request.getfixturevalue("template_db")
    name = f"{template}_{number}"
    with django_db_blocker.unblock(), servers.copy(url, template, name) as database:
        yield database


@pytest.fixture(scope="session")
def debian(django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, str]]:
    """The URL of a PostgreSQL 15 and the name of a migrated database in it."""
    template = f"marquee_debian_{os.getpid()}"
    with servers.running(_of_debian(), synchronous_commit="off") as cluster:
        with django_db_blocker.unblock():
            servers.migrated(cluster.url, template)
        yield cluster.url, template


@pytest.fixture
def programs(version: str) -> Path:
    """Where that PostgreSQL's programs are, for a test that wants a server of its own."""
    return postgres.programs() if version == EMBEDDED else _of_debian()


def _of_debian() -> Path:
    if not (servers.DEBIAN / "initdb").exists():
        miss("no PostgreSQL 15: install Debian's package postgresql-15")
    return servers.DEBIAN
