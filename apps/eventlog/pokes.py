"""Pokes say "look at the log". They wake readers early; polling stays the truth.

With Redis they also cross processes, over the channel layer. The layer's sockets belong to an event
loop, and those who poke are plain threads that must not wait: so one background thread runs a loop
for it alone. A poke that is lost costs latency, so its loss is counted, not raised. Other letters,
of which one may be lost too, can travel along: see `takers`.
"""

import asyncio
import atexit
import logging
import threading
import weakref
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings

log = logging.getLogger(__name__)

GROUP = "eventlog"
PATIENCE = 5.0  # seconds for Redis to take a poke; meanwhile others join the next one
MAX_WAITING = 1000  # letters; then the oldest are lost
RECONNECT_AFTER = 1.0  # seconds

type Letter = dict[str, Any]  # {"type": "poke"}, or one with more in it

POKE: Letter = {"type": "poke"}
takers: dict[str, Callable[[Letter], None]] = {"poke": lambda letter: wake_here()}  # by type

_wakers: weakref.WeakSet["Waker"] = weakref.WeakSet()
_changing = threading.Lock()  # of the set, which must not change while it is walked through


class Waker:
    """Waits for the next poke. Each waiting thread owns one."""

    def __init__(self) -> None:
        self._poked = threading.Event()
        with _changing:
            _wakers.add(self)
        if settings.REDIS_URL:
            PostOffice.open()

    def wait(self, timeout: float) -> None:
        """Return at the next poke, or at one since the last wait, or after `timeout` seconds."""
        self._poked.wait(timeout)
        self._poked.clear()

    def wake(self) -> None:
        self._poked.set()


def poke() -> None:
    """Wake every waiter of this process, and with Redis those of the others. Never waits."""
    wake_here()
    if settings.REDIS_URL:
        PostOffice.open().send()


def wake_here() -> None:
    with _changing:
        wakers = list(_wakers)
    for waker in wakers:
        waker.wake()


class PostOffice:
    """Passes letters between processes. One a process, opened by the first who needs it."""

    _one: "PostOffice | None" = None
    _opening = threading.Lock()

    @classmethod
    def open(cls) -> "PostOffice":
        with cls._opening:
            cls._one = cls._one or PostOffice()
            return cls._one

    def __init__(self) -> None:
        self.lost = 0  # pokes that did not get through in the outage that lasts
        self._loop = asyncio.new_event_loop()
        self._due = asyncio.Event()
        self._letters: deque[Letter] = deque(maxlen=MAX_WAITING)
        self._thread = threading.Thread(target=self._work, name="pokes", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def send(self, letter: Letter = POKE) -> None:
        with suppress(RuntimeError):  # closed: this process ends
            self._loop.call_soon_threadsafe(self._put, letter)

    def close(self) -> None:
        """Leave Redis properly, whatever is under way."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._cancel)
        self._thread.join(timeout=2)

    def _put(self, letter: Letter) -> None:
        if letter not in self._letters:  # all pokes that wait are one
            self._letters.append(letter)
        self._due.set()

    def _work(self) -> None:
        # The runner ends what the layer began, and the loop's closing ends the layer.
        runner = asyncio.Runner(loop_factory=lambda: self._loop)
        with suppress(asyncio.CancelledError), runner:
            runner.run(self._both())

    def _cancel(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    async def _both(self) -> None:
        layer = get_channel_layer()
        await asyncio.gather(
            self._for_ever(self._send_one, layer), self._for_ever(self._listen, layer)
        )

    async def _for_ever(self, act: Callable[[Any], Awaitable[None]], layer: Any) -> None:
        while True:
            try:
                await act(layer)
            except Exception as error:
                if not self.lost:
                    kind = type(error).__name__
                    log.warning("pokes do not cross processes, readers poll: %s %s", kind, error)
                self.lost += 1
                await asyncio.sleep(RECONNECT_AFTER)

    async def _send_one(self, layer: Any) -> None:
        """One letter, or all that were put while it was on its way."""
        await self._due.wait()
        self._due.clear()
        letters = [self._letters.popleft() for _ in range(len(self._letters))]
        async with asyncio.timeout(PATIENCE):
            for letter in letters:
                await layer.group_send(GROUP, letter)
        self.lost = 0

    async def _listen(self, layer: Any) -> None:
        """Once it listens, the layer finds back to Redis by itself."""
        try:
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
        except Exception:
            await layer.flush()  # else it would keep the half of a subscription, for each try
            raise
        while True:
            letter = await layer.receive(channel)
            if taker := takers.get(letter["type"]):
                taker(letter)
