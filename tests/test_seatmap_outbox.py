"""Telling one viewer: at once, in order, and no further ahead than it says it can hear."""

import asyncio

import pytest

from apps.seatmap import routing
from tests.test_seatmap_live import in_a_loop

FRAME = "x" * 10_000
TOO_MANY = routing.UNHEARD // len(FRAME) + 2


class Wire:
    """What a server was given to send; `slow` servers make us wait."""

    def __init__(self, *, slow: bool = False) -> None:
        self.sent: list[routing.Message] = []
        self.free = asyncio.Event()
        if not slow:
            self.free.set()

    async def send(self, message: routing.Message) -> None:
        self.sent.append(message)
        await self.free.wait()

    def codes(self) -> list[int]:
        return [message["code"] for message in self.sent if "code" in message]


def test_who_does_not_say_that_it_hears_is_let_go() -> None:
    async def story() -> None:
        wire, outbox = Wire(), routing.Outbox()
        outbox.open(wire.send)
        for _ in range(TOO_MANY + 5):
            outbox.tell(FRAME)
        assert wire.codes() == [4013]
        assert len(wire.sent) == TOO_MANY
        outbox.close()

    in_a_loop(story())


def test_without_the_limit_a_silent_viewer_fills_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: a server that never makes us wait takes it all."""
    monkeypatch.setattr(routing, "UNHEARD", 10**12)

    async def story() -> None:
        wire, outbox = Wire(), routing.Outbox()
        outbox.open(wire.send)
        for _ in range(10 * TOO_MANY):
            outbox.tell(FRAME)
        assert sum(len(message["text"]) for message in wire.sent) > 2_000_000
        outbox.close()

    in_a_loop(story())


def test_who_says_that_it_hears_stays() -> None:
    async def story() -> None:
        wire, outbox = Wire(), routing.Outbox()
        outbox.open(wire.send)
        for nth in range(1, 5 * TOO_MANY):
            outbox.tell(FRAME)
            if nth % 10 == 0:
                outbox.hear((nth - 9) * len(FRAME))
        assert wire.codes() == []
        outbox.close()

    in_a_loop(story())


def test_what_was_heard_long_ago_does_not_count_twice() -> None:
    """Nor does what was never said: else a viewer that is ever further behind could stay."""

    async def story() -> None:
        for heard in (len(FRAME), 10**14):
            wire, outbox = Wire(), routing.Outbox()
            outbox.open(wire.send)
            outbox.tell(FRAME)
            outbox.hear(heard)
            for _ in range(TOO_MANY + 5):
                outbox.tell(FRAME)
                outbox.hear(len(FRAME))
            assert wire.codes() == [4013]
            outbox.close()

    in_a_loop(story())


def test_a_server_that_makes_us_wait_gets_one_frame_at_a_time() -> None:
    async def story() -> None:
        wire, outbox = Wire(slow=True), routing.Outbox()
        outbox.open(wire.send)
        for frame in "abc":
            outbox.tell(frame)
        assert [message["text"] for message in wire.sent] == ["a"]
        wire.free.set()
        await asyncio.sleep(0.01)
        assert [message["text"] for message in wire.sent] == ["a", "b", "c"]
        outbox.close()

    in_a_loop(story())


def test_what_waits_for_a_slow_server_ends_with_the_line() -> None:
    async def story() -> None:
        wire, outbox = Wire(slow=True), routing.Outbox()
        outbox.open(wire.send)
        for _ in range(TOO_MANY):
            outbox.tell(FRAME)
        assert (len(wire.sent), wire.codes()) == (2, [4013])
        outbox.close()

    in_a_loop(story())


def test_who_has_left_while_it_was_told_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async def send(message: routing.Message) -> None:
        raise ConnectionResetError

    async def story() -> None:
        outbox = routing.Outbox()
        outbox.open(send)
        outbox.tell("frame")
        outbox.close()

    in_a_loop(story())
    assert not caplog.records
