"""Pokes say "look at the log". They wake readers early; polling stays the truth.

With Redis they also cross processes, over the channel layer. The layer's sockets belong to an event
loop, and those who poke are plain threads: so one background thread runs a loop for it alone.
"""

import asyncio
import logging
import threading
import weakref
from functools import cache

from channels.layers import get_channel_layer
from django.conf import settings

log = logging.getLogger(__name__)

GROUP = "eventlog"
RECONNECT_AFTER = 1.0  # seconds

_wakers: weakref.WeakSet["Waker"] = weakref.WeakSet()


class Waker:
    """Waits for the next poke. Each waiting thread owns one."""

    def __init__(self) -> None:
        self._poked = threading.Event()
        _wakers.add(self)
        if settings.REDIS_URL:
            _post_office()

    def wait(self, timeout: float) -> None:
        """Return at the next poke, or at one since the last wait, or after `timeout` seconds."""
        self._poked.wait(timeout)
        self._poked.clear()

    def wake(self) -> None:
        self._poked.set()


def poke() -> None:
    """Wake every waiter of this process, and with Redis those of the others. Never raises."""
    wake_here()
    if settings.REDIS_URL:
        asyncio.run_coroutine_threadsafe(_tell_others(), _post_office())


def wake_here() -> None:
    for waker in list(_wakers):
        waker.wake()


@cache
def _post_office() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="pokes", daemon=True).start()
    asyncio.run_coroutine_threadsafe(_listen(), loop)
    return loop


async def _tell_others() -> None:
    layer = get_channel_layer()
    assert layer is not None
    try:
        await layer.group_send(GROUP, {"type": "poke"})
    except Exception as error:  # Redis is away: readers poll until it is back
        log.warning("a poke was lost: %s", error)


async def _listen() -> None:
    layer = get_channel_layer()
    assert layer is not None
    while True:
        try:
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
            while True:
                await layer.receive(channel)
                wake_here()
        except Exception as error:
            log.warning("no pokes from other processes: %s", error)
            await asyncio.sleep(RECONNECT_AFTER)
