"""Who watches, and what they are shown. A thread of its own makes stories of traces.

Traces are listened to from the first viewer on, and a while longer than to the last one: going
from page to page is leaving and coming back.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError, connection

from apps.eventlog import traces
from apps.eventlog.traces import Trace
from apps.seatmap.rooms import Viewer
from apps.xray import relay
from apps.xray.drawing import draw
from apps.xray.stories import MAX_STORIES, Stories

log = logging.getLogger(__name__)

GATHER = 0.04  # seconds; what comes in that time is drawn at once
LINGER = 60.0  # seconds after the last viewer, as long as one may be at the bank
MAX_WAITING = 2000  # traces; what is more is not shown
TOO_SLOW = 4013
ASKED = 50  # positions that are looked up at once

STORIES_OF = """
SELECT position, coalesce(metadata ->> 'correlation', metadata ->> 'command_id')
FROM eventlog_event WHERE position = ANY(%s)
"""


class Hub:
    """All drawers of this process. Lives in the event loop."""

    def __init__(self) -> None:
        self.viewers: set[Viewer] = set()
        self._drawn: dict[str, str] = {}
        self._scribe: Scribe | None = None
        self._ending: asyncio.TimerHandle | None = None

    def join(self, viewer: Viewer) -> None:
        if self._ending:
            self._ending.cancel()
            self._ending = None
        if self._scribe is None:
            loop = asyncio.get_running_loop()
            self._scribe = Scribe(lambda drawn: loop.call_soon_threadsafe(self.show, drawn))
            self._scribe.start()
        self.viewers.add(viewer)
        viewer.tell("".join(self._drawn.values()))

    def leave(self, viewer: Viewer) -> None:
        self.viewers.discard(viewer)
        if not self.viewers and self._scribe and not self._ending:
            self._ending = asyncio.get_running_loop().call_later(LINGER, self.stop)

    def show(self, drawn: dict[str, str]) -> None:
        """Stories by their keys, the newest last."""
        self._drawn.update(drawn)
        while len(self._drawn) > MAX_STORIES:
            del self._drawn[next(iter(self._drawn))]
        frame = "".join(drawn.values())
        for viewer in self.viewers:
            viewer.tell(frame)

    def stop(self) -> None:
        if self._scribe:
            self._scribe.stop()
        self._scribe = self._ending = None
        self._drawn.clear()


class Scribe(threading.Thread):
    """Listens to traces, while it runs."""

    def __init__(self, show: Callable[[dict[str, str]], object]) -> None:
        super().__init__(name="xray", daemon=True)
        self._show = show
        self._stories = Stories()
        self._waiting: queue.Queue[Trace | None] = queue.Queue(MAX_WAITING)

    def start(self) -> None:
        traces.listen(self.take)
        relay.watchers.add(self.take)
        super().start()

    def stop(self) -> None:
        traces.unlisten(self.take)
        relay.watchers.discard(self.take)
        with suppress(queue.Full):
            self._waiting.put_nowait(None)

    def take(self, trace: Trace) -> None:
        with suppress(queue.Full):
            self._waiting.put_nowait(trace)

    def run(self) -> None:
        try:
            while True:
                relay.announce()
                batch = self._batch()
                if None in batch:
                    return
                self._write([trace for trace in batch if trace])
        finally:
            connection.close()

    def _batch(self) -> list[Trace | None]:
        """What has come, a moment after something has; or nothing for a while."""
        try:
            batch = [self._waiting.get(timeout=relay.ANNOUNCE)]
        except queue.Empty:
            return []
        time.sleep(GATHER)
        while not self._waiting.empty():
            batch.append(self._waiting.get())
        return batch

    def _write(self, batch: list[Trace]) -> None:
        try:
            self._draw(batch)
        except Exception:  # the next ones may be fine
            log.exception("the x-ray could not show something")

    def _draw(self, batch: list[Trace]) -> None:
        for trace in batch:
            if trace.correlation:
                self._stories.learn(dict.fromkeys(trace.positions, trace.correlation))
        self._look_up(self._stories.unknown(batch))
        batch.sort(key=lambda trace: not trace.correlation)  # what begins a story comes first
        stories = self._stories.take(batch)
        if stories:
            self._show({story.key: draw(story) for story in stories})

    def _look_up(self, positions: set[int]) -> None:
        """Of events that were seen by nobody here."""
        if not positions:
            return
        try:
            with connection.cursor() as cursor:
                cursor.execute(STORIES_OF, [sorted(positions)[-ASKED:]])
                self._stories.learn(dict(cursor.fetchall()))
        except DatabaseError:
            connection.close()
