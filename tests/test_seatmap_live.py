"""The live map: join, then snapshot; seat by seat the newer word; one frame for many changes."""

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.db import OperationalError, connection
from django.urls import path
from django.utils import timezone

from apps.booking.events import HoldExpired, SeatsHeld, SeatsReleased, SeatsSold
from apps.catalog.events import ScreeningScheduled
from apps.catalog.specs.examples import SHOWN
from apps.seatmap import live, routing
from apps.seatmap.live import Hub
from apps.seatmap.projections import seatmap
from apps.seatmap.rooms import Change, LiveRoom
from apps.seatmap.seats import Room
from tests.history import tell

UNTIL = datetime(2040, 1, 1, tzinfo=UTC)
PLAN = ("A ####", "B ####")
ROOM = Room(PLAN, "€9.50")

type Seats = dict[str, tuple[str, int]]
type Story = Callable[[Hub], Coroutine[Any, Any, None]]


def told(frame: str) -> Seats:
    found = re.findall(r'id="seat-(\w+)".*?data-state="(\w+)" data-position="(\d+)"', frame)
    return {seat: (state, int(position)) for seat, state, position in found}


class Ear:
    """A viewer that writes down what it is told."""

    def __init__(self) -> None:
        self.frames: list[str] = []
        self.codes: list[int] = []

    def tell(self, frame: str) -> None:
        self.frames.append(frame)

    def end(self, code: int) -> None:
        self.codes.append(code)


def change(seat: str, state: str, position: int) -> Change:
    return Change("s1", seat, state, position)


# One room


def test_the_snapshot_comes_after_joining_and_whole() -> None:
    room, early, late = LiveRoom(), Ear(), Ear()
    room.join(early)
    assert early.frames == []
    room.open(ROOM, [change("A1", "sold", 7)], "e1")
    room.join(late)
    assert early.frames == late.frames
    assert early.frames[0].startswith('<div id="live" data-epoch="e1" data-snapshot ')
    assert told(early.frames[0])["A1"] == ("sold", 7)
    assert len(told(early.frames[0])) == 8


def test_what_happens_between_joining_and_the_snapshot_is_not_lost() -> None:
    room, ear = LiveRoom(), Ear()
    room.join(ear)
    assert not room.change([change("A1", "held", 9), change("A2", "held", 3)])
    room.open(ROOM, [change("A1", "available", 5), change("A2", "sold", 8)], "e1")
    seats = told(ear.frames[0])
    assert (seats["A1"], seats["A2"]) == (("held", 9), ("sold", 8))


def test_positions_are_compared_seat_by_seat() -> None:
    room, ear = LiveRoom(), Ear()
    room.join(ear)
    room.open(ROOM, [change("A1", "held", 20)], "e1")
    assert room.change([change("A1", "available", 12), change("A2", "held", 11)])
    room.tell()
    assert [told(frame) for frame in ear.frames[1:]] == [{"A2": ("held", 11)}]
    assert not room.change([change("A1", "available", 13)])


def test_many_changes_travel_in_one_frame() -> None:
    room, ear = LiveRoom(), Ear()
    room.join(ear)
    room.open(ROOM, [], "e1")
    room.change([change("A1", "held", 1), change("A2", "held", 1)])
    room.change([change("A1", "sold", 2)])
    room.tell()
    room.tell()
    assert [told(f) for f in ear.frames[1:]] == [{"A1": ("sold", 2), "A2": ("held", 1)}]


# Sockets on a real log


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Story], None]]:
    """Runs a story about a hub; whatever comes of it, the hub's thread ends."""
    starts = timezone.now() + timedelta(hours=5)
    tell(ScreeningScheduled("s1", "m1", "Salt", "a1", "Grand", PLAN, starts, 140, 950, *SHOWN))
    seatmap.catch_up()
    monkeypatch.setattr(live, "POLL", 0.2)
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


def line(hub: Hub, screening: str = "s1") -> WebsocketCommunicator:
    socket: Any = routing.Socket(hub)
    app = URLRouter([path("ws/screenings/<slug:screening>/", socket)])
    return WebsocketCommunicator(app, f"/ws/screenings/{screening}/")


async def opened(hub: Hub, screening: str = "s1") -> WebsocketCommunicator:
    socket = line(hub, screening)
    await socket.connect()
    return socket


async def heard(socket: WebsocketCommunicator) -> Seats:
    return told(str(await socket.receive_from(timeout=5)))


def hold(*seats: str, hold: str = "h1") -> int:
    return tell(SeatsHeld("s1", hold, "ann", seats, (), UNTIL))


def test_viewers_hear_every_change(run: Callable[[Story], None]) -> None:
    async def story(hub: Hub) -> None:
        hold("B1", hold="before")
        one, two = await opened(hub), await opened(hub)
        for socket in (one, two):
            assert (await heard(socket))["B1"][0] == "held"
        events = [
            SeatsHeld("s1", "h1", "ann", ("A1", "A2"), (), UNTIL),
            SeatsReleased("s1", "h1", "ann", ("A2",), ("A1",), UNTIL),
            SeatsSold("s1", "h1", "ann", ("A1",), "p1"),
            HoldExpired("s1", "before", "ann", ("B1",)),
        ]
        expected = [("A1 A2", "held"), ("A2", "available"), ("A1", "sold"), ("B1", "available")]
        for event, (seats, state) in zip(events, expected, strict=True):
            position = tell(event)
            frames = [await socket.receive_from(timeout=5) for socket in (one, two)]
            assert frames[0] == frames[1]
            assert told(str(frames[0])) == {seat: (state, position) for seat in seats.split()}
        await one.disconnect()
        await two.disconnect()
        assert hub.rooms == {}

    run(story)


def test_changes_that_come_together_are_gathered(run: Callable[[Story], None]) -> None:
    async def story(hub: Hub) -> None:
        socket = await opened(hub)
        await heard(socket)
        loop = asyncio.get_running_loop()
        hub._told["s1"] = loop.time()
        began = loop.time()
        hub.changed([change("A1", "held", 100)])
        hub.changed([change("A2", "held", 101), change("A1", "available", 102)])
        assert await heard(socket) == {"A1": ("available", 102), "A2": ("held", 101)}
        assert loop.time() - began < 0.2
        assert await socket.receive_nothing(timeout=0.2)
        await socket.disconnect()

    run(story)


def test_a_lower_position_that_commits_late_is_told(run: Callable[[Story], None]) -> None:
    """The log's gap holds later events up, so nothing is skipped and nothing comes twice."""

    async def story(hub: Hub) -> None:
        socket = await opened(hub)
        await heard(socket)
        slow = connection.copy()
        with slow.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "INSERT INTO eventlog_event (type, tags, data, metadata)"
                " SELECT type, tags, jsonb_set(data, '{seats}', '[\"B4\"]'), metadata"
                " FROM eventlog_event WHERE type = 'booking.SeatsHeld' LIMIT 1"
                " RETURNING position"
            )
            (late,) = cursor.fetchone() or (0,)
            higher = await asyncio.to_thread(_hold_and_hang_up, "A1")
            assert late < higher
            assert await socket.receive_nothing(timeout=0.4)
            cursor.execute("COMMIT")
        slow.close()
        seats: Seats = {}
        while len(seats) < 2:
            seats |= await heard(socket)
        assert seats == {"B4": ("held", late), "A1": ("held", higher)}
        await socket.disconnect()

    hold("B3", hold="model")
    run(story)


def _hold_and_hang_up(seat: str) -> int:
    try:
        return hold(seat)
    finally:
        connection.close()


def test_one_snapshot_serves_all_viewers_of_a_screening(
    run: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    original = live._snapshot

    def snapshot(screening: str, epoch: str) -> live.Snapshot:
        taken.append(screening)
        return original(screening, epoch)

    monkeypatch.setattr(live, "_snapshot", snapshot)

    async def story(hub: Hub) -> None:
        sockets = [await opened(hub) for _ in range(5)]
        frames = {await socket.receive_from(timeout=5) for socket in sockets}
        assert (len(frames), taken) == (1, ["s1"])
        for socket in sockets:
            await socket.disconnect()

    run(story)


def test_an_unknown_screening_is_closed_with_4404(run: Callable[[Story], None]) -> None:
    async def story(hub: Hub) -> None:
        socket = await opened(hub, "unknown")
        message = await socket.receive_output(timeout=5)
        assert (message["type"], message["code"]) == ("websocket.close", 4404)
        assert hub.rooms == {}

    run(story)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": "{}"}, 4008),
        ({"text": "heard -1"}, 4008),
        ({"text": "heard ٣"}, 4008),
        ({"text": "heard 1\n"}, 4008),
        ({"text": "\x00💺"}, 4008),
        ({"text": ""}, 4008),
        ({"text": "x" * 100_000}, 4009),
        ({"bytes": b"\xff\xfe"}, 4003),
    ],
)
def test_garbage_closes_the_line(
    run: Callable[[Story], None],
    said: dict[str, Any],
    code: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story(hub: Hub) -> None:
        socket = await opened(hub)
        await heard(socket)
        await socket.send_input({"type": "websocket.receive", **said})
        message = await socket.receive_output(timeout=5)
        assert (message["type"], message["code"]) == ("websocket.close", code)
        assert message["reason"]
        await socket.disconnect()
        assert hub.rooms == {}

    run(story)
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


def test_a_silent_line_says_that_it_is_there(
    run: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routing, "HEARTBEAT", 0.1)

    async def story(hub: Hub) -> None:
        socket = await opened(hub)
        await heard(socket)
        for _ in range(3):
            assert await socket.receive_from(timeout=5) == '<div id="live"></div>'
        await socket.disconnect()

    run(story)


def test_a_lost_database_is_waited_for(
    run: Callable[[Story], None], caplog: pytest.LogCaptureFixture
) -> None:
    """The reader goes on from where it stood: what happened meanwhile is told, not skipped."""

    async def story(hub: Hub) -> None:
        socket = await opened(hub)
        await heard(socket)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        position = hold("A1")
        assert await heard(socket) == {"A1": ("held", position)}
        await socket.disconnect()

    run(story)
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


def test_a_database_that_is_away_at_first_is_waited_for(
    run: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    original, failures = live._snapshot, iter([OperationalError("away")])

    def snapshot(screening: str, epoch: str) -> live.Snapshot:
        for failure in failures:
            raise failure
        return original(screening, epoch)

    monkeypatch.setattr(live, "_snapshot", snapshot)

    async def story(hub: Hub) -> None:
        socket = await opened(hub)
        assert len(await heard(socket)) == 8
        await socket.disconnect()

    run(story)


def test_after_a_bug_everybody_comes_back_to_a_new_reader(
    run: Callable[[Story], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def story(hub: Hub) -> None:
        socket = await opened(hub)
        await heard(socket)
        with monkeypatch.context() as broken:
            broken.setattr(live, "_changes", lambda batch: 1 / 0)
            hold("A1")
            message = await socket.receive_output(timeout=5)
        assert (message["type"], message["code"]) == ("websocket.close", 4011)
        again = await opened(hub)
        assert (await heard(again))["A1"][0] == "held"
        await again.disconnect()

    run(story)
    assert [r.levelname for r in caplog.records] == ["CRITICAL"]


# A log that is another one


def test_a_restored_log_sends_everybody_to_a_new_snapshot(
    run: Callable[[Story], None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(live, "LOOK_BACK", 0.2)

    async def story(hub: Hub) -> None:
        epochs = []
        for seat, statement in (("A1", ANOTHER_TABLE), ("B1", WOUND_BACK)):
            hold(seat, hold=seat)
            socket = await opened(hub)
            epochs.append(epoch_of(str(await socket.receive_from(timeout=5))))
            with connection.cursor() as cursor:
                cursor.execute(statement)
            message = await socket.receive_output(timeout=5)
            assert (message["type"], message["code"]) == ("websocket.close", 4011)
            await socket.disconnect()
        again = await opened(hub)
        epochs.append(epoch_of(str(await again.receive_from(timeout=5))))
        position = hold("A2")
        assert await heard(again) == {"A2": ("held", position)}
        await again.disconnect()
        assert epochs[0] != epochs[1] == epochs[2]  # that a log got shorter shows in itself

    run(story)
    assert {r.levelname for r in caplog.records} == {"WARNING"}


# As pg_restore --clean does it; and as a file system does that is wound back.
ANOTHER_TABLE = """
CREATE TABLE another (LIKE eventlog_event INCLUDING ALL);
INSERT INTO another OVERRIDING SYSTEM VALUE SELECT * FROM eventlog_event;
SELECT setval(pg_get_serial_sequence('another', 'position'), max(position)) FROM another;
DROP TABLE eventlog_event CASCADE;
ALTER TABLE another RENAME TO eventlog_event;
"""
WOUND_BACK = """
DELETE FROM eventlog_event WHERE position = (SELECT max(position) FROM eventlog_event);
"""


def epoch_of(frame: str) -> str:
    found = re.search(r'data-epoch="(\w+)"', frame)
    assert found
    return found[1]
