"""Live maps: one more subscriber of the log, for all sockets of this process.

A thread with a database connection of its own reads the log and the snapshots; the event loop keeps
the rooms and hands the same bytes to every viewer. Nothing asks the database for one viewer.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, connection

from apps.booking.events import HoldExpired, SeatsHeld, SeatsReleased, SeatsSold
from apps.catalog.money import show
from apps.eventlog import epochs, traces
from apps.eventlog.events import Event
from apps.eventlog.pokes import Waker
from apps.eventlog.reading import Reader, Recorded, final_mark
from apps.seatmap import seats
from apps.seatmap.models import Screening, Seat
from apps.seatmap.rooms import Change, LiveRoom, Viewer

log = logging.getLogger(__name__)

POLL = 1.0  # seconds; pokes come sooner, polling is the truth
GATHER = 0.05  # seconds; what changes in that time travels in one frame
LOOK_BACK = 10.0  # seconds between looks whether the log is still the one that we read
STATES: dict[type[Event], str] = {
    SeatsHeld: "held",
    SeatsReleased: "available",
    HoldExpired: "available",
    SeatsSold: "sold",
}
UNKNOWN, FAILED = 4404, 4011


class Snapshot(NamedTuple):
    """What the tables say of a screening; `drawn` is None when there is none."""

    screening: str
    drawn: seats.Room | None
    changes: list[Change]
    epoch: str = ""


class Restored(Exception):
    """Another history has taken the place of the one that we read."""


class Hub:
    """All live maps of this process. The first viewer starts it. Lives in the event loop."""

    def __init__(self) -> None:
        self.rooms: dict[str, LiveRoom] = {}
        self._follower: Follower | None = None
        self._due: dict[str, asyncio.TimerHandle] = {}
        self._told: dict[str, float] = {}
        self._read: dict[str, float] = {}  # while traces are wanted: when its news was read

    def join(self, screening: str, viewer: Viewer) -> None:
        if self._follower is None:
            self._follower = Follower(self, asyncio.get_running_loop())
            self._follower.start()
        if screening not in self.rooms:
            self.rooms[screening] = LiveRoom()
            self._follower.want(screening)
        self.rooms[screening].join(viewer)

    def leave(self, screening: str, viewer: Viewer) -> None:
        if room := self.rooms.get(screening):
            room.viewers.discard(viewer)
            if not room.viewers:
                self._close(screening)

    def stop(self) -> None:
        if self._follower:
            self._follower.stop()
            self._follower = None

    # What the follower calls, in the event loop and in the order in which it read.

    def opened(self, snapshot: Snapshot) -> None:
        if room := self.rooms.get(snapshot.screening):
            if snapshot.drawn:
                room.open(snapshot.drawn, snapshot.changes, snapshot.epoch)
            else:
                self._close(snapshot.screening)
                room.end(UNKNOWN)

    def changed(self, changes: Iterable[Change]) -> None:
        by_screening: dict[str, list[Change]] = {}
        for change in changes:
            by_screening.setdefault(change.screening, []).append(change)
        for screening, theirs in by_screening.items():
            room = self.rooms.get(screening)
            if room and room.change(theirs):
                if traces.listeners:
                    self._read.setdefault(screening, time.perf_counter())
                self._tell_soon(screening)

    def failed(self) -> None:
        """Everybody is sent away and comes back, the first of them to a new follower."""
        self._follower = None
        for screening, room in list(self.rooms.items()):
            self._close(screening)
            room.end(FAILED)

    def _tell_soon(self, screening: str) -> None:
        """At once, or when the last frame is `GATHER` seconds old."""
        if screening not in self._due:
            loop = asyncio.get_running_loop()
            when = max(loop.time(), self._told.get(screening, 0) + GATHER)
            self._due[screening] = loop.call_at(when, self._tell, screening)

    def _tell(self, screening: str) -> None:
        del self._due[screening]
        self._told[screening] = asyncio.get_running_loop().time()
        room, read = self.rooms[screening], self._read.pop(screening, None)
        changes = [] if read is None else room.untold()
        frame = room.tell()
        if frame and read is not None:
            traces.emit(_pushed(frame, changes, len(room.viewers), traces.milliseconds(read)))

    def _close(self, screening: str) -> None:
        del self.rooms[screening]
        self._told.pop(screening, None)
        self._read.pop(screening, None)
        if due := self._due.pop(screening, None):
            due.cancel()


def _pushed(frame: str, changes: list[Change], viewers: int, took: float) -> traces.Trace:
    seats = ", ".join(f"{change.seat} {change.state}" for change in changes)
    positions = tuple(sorted({change.position for change in changes}))
    facts = ("seats", seats), ("bytes", f"{len(frame.encode())}, the same for each")
    title = f"1 frame to {viewers} viewer{'s' * (viewers != 1)}"
    return traces.Trace("frames", title, "seatmap.seat", "", positions, facts, took)


class Follower(threading.Thread):
    """Reads the log and the snapshots for a hub, on a database connection of its own."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="seatmap.live", daemon=True)
        self._hub, self._loop = hub, loop
        self._waker = Waker()
        self._wanted: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader: Reader | None = None
        self._epoch = ""
        self._looked = 0.0  # when the log was last seen to be still the same
        self._stopping = False

    def want(self, screening: str) -> None:
        self._wanted.put(screening)
        self._waker.wake()

    def stop(self) -> None:
        self._stopping = True
        self._waker.wake()
        self.join()

    def run(self) -> None:
        try:
            while not self._stopping:
                self._step()
                self._waker.wait(POLL)
        except Restored as restored:
            log.warning("live maps begin anew: %s", restored)
            self._pass_on(self._hub.failed)
        except Exception:
            if not self._loop.is_closed():
                log.critical("live maps have stopped; the next viewer starts them", exc_info=True)
                self._pass_on(self._hub.failed)
        finally:
            connection.close()

    def _step(self) -> None:
        try:
            reader = self._reader = self._reader or self._begin()
            self._look_back(reader)
            self._open_wanted()
            while batch := reader.read():
                self._pass_on(self._hub.changed, list(_changes(batch)))
                self._open_wanted()  # also while the log never rests
        except (OperationalError, InterfaceError) as error:
            # The maps keep what they have; the reader goes on from where it stands.
            log.warning("live maps lost the database, will try again: %s", error)
            connection.close()
            self._looked = 0.0  # who knows what happened to it

    def _begin(self) -> Reader:
        self._epoch = epochs.now().epoch
        return Reader(final_mark(), STATES)

    def _look_back(self, reader: Reader) -> None:
        if time.monotonic() - self._looked < LOOK_BACK:
            return
        epoch, newest = epochs.now()
        if epoch != self._epoch or newest < reader.position:
            raise Restored(f"the log was of epoch {self._epoch} and read up to {reader.position}")
        self._looked = time.monotonic()

    def _open_wanted(self) -> None:
        while not self._wanted.empty():
            screening = self._wanted.get()
            try:
                self._pass_on(self._hub.opened, _snapshot(screening, self._epoch))
            except (OperationalError, InterfaceError):
                self._wanted.put(screening)
                raise

    def _pass_on[*Args](self, act: Callable[[*Args], None], *args: *Args) -> None:
        self._loop.call_soon_threadsafe(act, *args)


def _snapshot(screening: str, epoch: str) -> Snapshot:
    found = Screening.objects.filter(screening=screening).first()
    if found is None:
        return Snapshot(screening, None, [])
    rows = Seat.objects.filter(screening=screening)
    changes = [Change(*row) for row in rows.values_list("screening", "seat", "state", "position")]
    return Snapshot(screening, seats.room(tuple(found.plan), show(found.price)), changes, epoch)


def _changes(batch: Iterable[Recorded]) -> Iterator[Change]:
    for position, event in batch:
        if isinstance(event, (SeatsHeld, SeatsReleased, HoldExpired, SeatsSold)):
            for seat in event.seats:
                yield Change(event.screening, seat, STATES[type(event)], position)
