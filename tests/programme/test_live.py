"""How pages hear how screenings stand."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.programme import live, routing
from apps.programme.live import Hub, Standing, Viewer
from apps.programme.models import Screening
from tests.programme.conftest import added

type Story = Callable[[Hub], Coroutine[Any, Any, None]]


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Story], None]]:
    """Runs a story about a hub; whatever comes of it, the hub's thread ends."""
    monkeypatch.setattr(live, "POLL", 0.1)
    monkeypatch.setattr(live, "GATHER", 0.02)
    hub = Hub()
    yield lambda story: in_a_loop(story(hub))
    hub.stop()


def in_a_loop(story: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: once a browser was started, the tests' thread has a loop already."""

    def run() -> None:
        try:
            asyncio.run(story)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(run).result()


def put_on(name: str, taken: int = 0, hours: float = 5) -> None:
    starts = timezone.now() + timedelta(hours=hours)
    Screening.objects.create(
        screening=name,
        movie=added("Salt"),
        auditorium_name="Grand",
        starts=starts,
        ends=starts + timedelta(hours=2),
        price=950,
        seats=100,
        taken=taken,
        wheelchair_spaces=["A1", "A2"],
        wheelchair_taken=2,
    )


def take(name: str, taken: int) -> None:
    Screening.objects.filter(screening=name).update(taken=taken)


def free_a_wheelchair_space(name: str) -> None:
    Screening.objects.filter(screening=name).update(wheelchair_taken=1)


async def watching(hub: Hub, *screenings: str) -> WebsocketCommunicator:
    socket: Any = routing.Socket(hub)
    line = WebsocketCommunicator(socket, "/ws/programme/")
    await line.connect()
    await line.send_to(" ".join(screenings))
    return line


async def heard(line: WebsocketCommunicator) -> dict[str, list[Any]]:
    news: dict[str, list[Any]] = json.loads(await line.receive_from(timeout=5))
    return news


def test_a_page_hears_how_its_screenings_stand_and_what_changes(
    run: Callable[[Story], None],
) -> None:
    for name, taken in [("s1", 50), ("s2", 95), ("s3", 100), ("s4", 0)]:
        put_on(name, taken)
    put_on("s5", hours=-1)

    async def story(hub: Hub) -> None:
        line = await watching(hub, "s1", "s2", "s3", "s5", "unknown")
        assert await heard(line) == {
            "s1": ["open", 0, 50, False],
            "s2": ["few", 5, 95, False],
            "s3": ["full", 0, 100, False],
            "s5": ["past", 0, 0, False],
        }
        await asyncio.to_thread(take, "s2", 100)
        await asyncio.to_thread(take, "s4", 100)  # which is not on the page
        assert await heard(line) == {"s2": ["full", 0, 100, False]}
        await line.send_to("s4")  # another day was chosen
        assert await heard(line) == {"s4": ["full", 0, 100, False]}
        await asyncio.to_thread(free_a_wheelchair_space, "s4")
        assert await heard(line) == {"s4": ["full", 0, 100, True]}
        await line.disconnect()
        assert not hub._watched

    run(story)


def test_all_pages_cost_one_query(run: Callable[[Story], None]) -> None:
    put_on("s1")
    put_on("s2")

    async def story(hub: Hub) -> None:
        lines = [await watching(hub, "s1", "s2") for _ in range(5)]
        assert [len(await heard(line)) for line in lines] == [2] * 5
        assert hub._watched == {"s1": 5, "s2": 5}
        for line in lines:
            await line.disconnect()

    run(story)
    with CaptureQueriesContext(connection) as queries:
        live.stand(["s1", "s2"])
    assert len(queries) == 1


def test_it_goes_on_when_the_database_comes_back(
    run: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on("s1")
    stand, away = live.stand, iter([True, True])

    def lost(screenings: Any) -> dict[str, Standing]:
        if next(away, False):
            raise OperationalError("away")
        return stand(screenings)

    monkeypatch.setattr(live, "stand", lost)

    async def story(hub: Hub) -> None:
        line = await watching(hub, "s1")
        assert "s1" in await heard(line)
        await line.disconnect()

    run(story)


def test_nobody_says_too_much(run: Callable[[Story], None]) -> None:
    async def story(hub: Hub) -> None:
        line = await watching(hub, "x" * 30_000)
        assert (await line.receive_output(timeout=5))["code"] == routing.TOO_LONG
        line = await watching(hub, "s1")
        await line.send_to(bytes_data=b"\x00")
        assert (await line.receive_output(timeout=5))["code"] == routing.BINARY
        line = await watching(hub, *(f"s{n}" for n in range(2000)))
        await asyncio.sleep(0.1)
        assert len(hub._watched) == routing.MOST
        await line.disconnect()

    run(story)


def test_silence_is_broken(run: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "HEARTBEAT", 0.05)

    async def story(hub: Hub) -> None:
        line = await watching(hub, "unknown")
        assert await heard(line) == {}
        await line.disconnect()

    run(story)


def test_only_the_last_word_is_told_to_who_is_slow() -> None:
    async def story() -> None:
        viewer = Viewer()
        viewer.watch(["s1", "s2"])
        viewer.tell({"s1": Standing("open", 0, 10, False), "s2": Standing("open", 0, 0, False)})
        viewer.tell({"s1": Standing("open", 0, 10, False), "s3": Standing("open", 0, 0, False)})
        viewer.tell({"s1": Standing("few", 9, 91, False)})
        news = await viewer.next()
        assert news == {"s1": ("few", 9, 91, False), "s2": ("open", 0, 0, False)}

    in_a_loop(story())
