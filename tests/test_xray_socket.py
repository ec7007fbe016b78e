"""The drawer's socket: who is shown what, from which process, and nobody when it is off."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from typing import Any

import pytest
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.db import connection
from django.test import Client
from django.urls import path
from pytest_django import Settings

from apps.booking.specs.examples import on_sale
from apps.catalog.specs.examples import auditorium_added, movie_added, scheduled
from apps.eventlog import clock, pokes, traces
from apps.eventlog.pokes import PostOffice
from apps.eventlog.traces import Trace
from apps.xray import hub as hubs
from apps.xray import relay, routing
from apps.xray.hub import Hub
from cinema_site.folder import REPOSITORY
from tests.history import tell
from tests.processes import Server
from tests.test_eventlog_pokes import office, redis  # noqa: F401  (fixtures)
from tests.test_seatmap_live import in_a_loop
from tests.test_seatmap_socket import Line
from tests.test_setup import PRODUCTION
from tests.waiting import until

type Story = Callable[[Hub], Coroutine[Any, Any, None]]


@pytest.fixture(autouse=True)
def _nobody_is_told_afterwards() -> Iterator[None]:
    """Neither is who watched from elsewhere, and may have meant to go on."""
    yield
    traces.unlisten(relay._pass_on)


@pytest.fixture
def run(database: str) -> Iterator[Callable[[Story], None]]:
    hub = Hub()
    yield lambda story: in_a_loop(story(hub))
    hub.stop()
    assert not traces.listeners


async def opened(hub: Hub) -> WebsocketCommunicator:
    socket: Any = routing.Socket(hub)
    line = WebsocketCommunicator(URLRouter([path("ws/xray/", socket)]), "/ws/xray/")
    await line.connect()
    return line


async def heard(line: WebsocketCommunicator) -> str:
    return str(await line.receive_from(timeout=5))


def command(story: str) -> Trace:
    return Trace("command", "HoldSeats", correlation=story)


def test_all_who_watch_are_shown_what_anybody_does(run: Callable[[Story], None]) -> None:
    async def story(hub: Hub) -> None:
        assert not traces.listeners
        one, two = await opened(hub), await opened(hub)
        assert [await heard(line) for line in (one, two)] == ["", ""]
        await asyncio.to_thread(tell, on_sale())
        shown = [await heard(line) for line in (one, two)]
        assert shown[0] == shown[1]
        assert shown[0].count('<li class="xray-step"') >= 3
        await one.disconnect()
        late = await opened(hub)
        assert await heard(late) == shown[0]
        await late.disconnect()
        await two.disconnect()

    run(story)


def test_positions_that_nobody_told_are_looked_up(run: Callable[[Story], None]) -> None:
    async def story(hub: Hub) -> None:
        position = await asyncio.to_thread(tell, on_sale())  # before anybody watched
        line = await opened(hub)
        await heard(line)
        (correlation,) = await asyncio.to_thread(correlations)
        traces.emit(command(correlation))
        await heard(line)
        traces.emit(Trace("projection", "programme", positions=(position,)))
        assert 'data-kind="projection"' in await heard(line)
        await line.disconnect()

    run(story)


def correlations() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT metadata ->> 'correlation' FROM eventlog_event")
        found = [name for (name,) in cursor.fetchall()]
    connection.close()
    return found


def test_it_listens_a_while_longer_than_anybody_watches(
    run: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "LINGER", 0.2)

    async def story(hub: Hub) -> None:
        line = await opened(hub)
        await line.disconnect()
        assert traces.listeners
        again = await opened(hub)
        await asyncio.sleep(0.3)
        assert traces.listeners
        await again.disconnect()
        await asyncio.sleep(0.3)
        assert not traces.listeners

    run(story)


def test_a_flood_is_cut_short(
    run: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "MAX_WAITING", 5)

    async def story(hub: Hub) -> None:
        line = await opened(hub)
        await heard(line)
        for nth in range(100):
            traces.emit(command(f"s{nth}"))
        assert (await heard(line)).count('class="xray-story"') <= 5
        await line.disconnect()

    run(story)


# Other processes


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[dict[str, str]]:
    """What this process would send."""
    sent: list[dict[str, str]] = []
    settings.REDIS_URL = "redis://nowhere"
    monkeypatch.setattr(PostOffice, "open", lambda: type("Box", (), {"send": sent.append}))
    monkeypatch.setattr(relay, "_announced", 0.0)
    return sent


def test_traces_are_passed_on_only_while_somebody_watches_elsewhere(
    letters: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    relay.announce()
    relay.announce()
    (announcement,) = letters
    pokes.takers[relay.WATCHING](announcement)  # our own, come back
    assert not traces.listeners
    pokes.takers[relay.WATCHING](announcement | {"from": "another"})
    traces.emit(command("a"))
    assert letters[-1]["type"] == relay.TRACE
    monkeypatch.setattr(relay, "_wanted_until", time.monotonic() - 1)
    traces.emit(command("b"))
    assert len(letters) == 2
    assert not traces.listeners


def test_a_trace_arrives_as_it_was(letters: list[dict[str, str]]) -> None:
    heard: list[Trace] = []
    relay.watchers.add(heard.append)
    pokes.takers[relay.WATCHING]({"type": relay.WATCHING, "from": "another"})
    sent = Trace("event", "SeatsHeld", "booking.hold_seats", "a", (17,), (("seats", "A7"),), 1.5)
    traces.emit(sent)
    pokes.takers[relay.TRACE](letters[-1])  # our own: its hub has it already
    pokes.takers[relay.TRACE](letters[-1] | {"from": "another"})
    relay.watchers.discard(heard.append)
    assert heard == [sent]


@pytest.mark.usefixtures("office")
def test_another_process_is_seen_through_redis(
    database: str,
    redis: Any,  # noqa: F811
    server: Callable[..., Server],
) -> None:
    port = server(REDIS_URL=redis.url).port
    assert Line(port, at="/ws/xray/", origin="https://elsewhere.example").status == 403
    line = Line(port, at="/ws/xray/")
    until(lambda: traces.listeners)
    tell(movie_added(), auditorium_added(), scheduled(clock.now() + timedelta(hours=3)))
    while b"Tell" not in (said := line.hear()[1]):
        pass
    assert b"MovieAdded" in said


# On and off


def test_a_page_has_it_only_when_it_is_on(database: str, settings: Settings) -> None:
    assert b"xray" in Client().get("/").content
    settings.XRAY = False
    assert b"xray" not in Client().get("/").content


ROUTES = """
from cinema_site.asgi import sockets
print(*(socket.pattern for socket in sockets))
"""


@pytest.mark.parametrize(
    ("environment", "on"),
    [(PRODUCTION, False), ({**PRODUCTION, "XRAY": "1"}, True)],
)
def test_production_must_ask_for_it(environment: dict[str, str], on: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ROUTES],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "ws/screenings/" in done.stdout
    assert ("ws/xray/" in done.stdout) is on
