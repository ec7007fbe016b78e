"""How screenings stand, live: one reader of the read model for all pages that this process serves.

A page says which screenings it shows. A thread with a database connection of its own looks up how
those of all pages stand, in one query a second at most while anybody looks; the event loop tells
each page what is news to it. The same numbers are in the pages themselves, so losing a line costs
freshness, never truth.
"""

import asyncio
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from apps.eventlog.pokes import Waker
from apps.programme.models import Screening

log = logging.getLogger(__name__)

POLL = 1.0  # seconds; pokes come sooner
GATHER = 0.2  # seconds, for the read model to follow and for others to change something, too

type Standings = Mapping[str, "Standing"]  # by screening


class Standing(NamedTuple):
    """A screening's state, the seats left if they are few (else 0), how full it is, and whether a
    wheelchair space is free."""

    state: str
    left: int
    pct: int
    wheels: bool


class Viewer:
    """One page: which screenings it shows, and what it has not been told of them yet."""

    def __init__(self) -> None:
        self.watching: frozenset[str] = frozenset()
        self._told: dict[str, Standing] = {}
        self._news: dict[str, Standing] = {}
        self._has_news = asyncio.Event()

    def watch(self, screenings: Iterable[str]) -> None:
        self.watching = frozenset(screenings)
        self._told.clear()

    def tell(self, standings: Standings) -> None:
        for screening in self.watching & standings.keys():
            if self._told.get(screening) != standings[screening]:
                self._told[screening] = self._news[screening] = standings[screening]
                self._has_news.set()

    async def next(self) -> Standings:
        """Waits for news. Of several about one screening, only the last is left."""
        await self._has_news.wait()
        self._has_news.clear()
        news, self._news = self._news, {}
        return news


class Hub:
    """All pages of this process. Lives in the event loop; the first viewer starts its reader."""

    def __init__(self) -> None:
        self._viewers: set[Viewer] = set()
        self._watched: Counter[str] = Counter()
        self._reader: Reader | None = None

    def watch(self, viewer: Viewer, screenings: Iterable[str]) -> None:
        """Tell the viewer about these from now on, and at once how they stand."""
        if self._reader is None:
            self._reader = Reader(self, asyncio.get_running_loop())
            self._reader.start()
        self._forget(viewer)
        viewer.watch(screenings)
        self._viewers.add(viewer)
        self._watched.update(viewer.watching)
        self._reader.read(tuple(self._watched))

    def leave(self, viewer: Viewer) -> None:
        self._forget(viewer)
        self._viewers.discard(viewer)
        if self._reader:
            self._reader.read(tuple(self._watched))

    def stop(self) -> None:
        if self._reader:
            self._reader.stop()
            self._reader = None

    def stand(self, standings: Standings) -> None:
        for viewer in self._viewers:
            viewer.tell(standings)

    def _forget(self, viewer: Viewer) -> None:
        self._watched -= Counter(viewer.watching)  # which drops those that nobody watches


class Reader(threading.Thread):
    """Looks up for a hub how what is watched stands."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="programme.live", daemon=True)
        self._hub, self._loop = hub, loop
        self._waker = Waker()
        self._watched: tuple[str, ...] = ()
        self._stopping = False

    def read(self, screenings: tuple[str, ...]) -> None:
        """These from now on, and soon."""
        self._watched = screenings
        self._waker.wake()

    def stop(self) -> None:
        self._stopping = True
        self._waker.wake()
        self.join()

    def run(self) -> None:
        try:
            while not self._stopping:
                self._waker.wait(POLL)
                time.sleep(GATHER)
                if self._watched and not self._stopping:
                    self._look()
        finally:
            connection.close()

    def _look(self) -> None:
        try:
            standings = stand(self._watched)
        except (OperationalError, InterfaceError) as error:
            log.warning("the live programme lost the database, will try again: %s", error)
            connection.close()
        else:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._hub.stand, standings)


def stand(screenings: Iterable[str]) -> dict[str, Standing]:
    now = timezone.now()
    found = Screening.objects.filter(screening__in=screenings)
    return {each.screening: _standing(each, each.state(now)) for each in found}


def _standing(screening: Screening, state: str) -> Standing:
    left = screening.left if state == "few" else 0
    return Standing(state, left, screening.pct, screening.wheelchair_left > 0)
