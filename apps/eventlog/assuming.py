"""Deciding without a look, where what it would show is as good as known.

An append proves what it was decided by: it counts the boundary's events, and the log only grows.
So they need not be read to be relied on. Of guarding tags, which are seldom written, a process
remembers what it saw. Of a gathering tag it assumes, the first time, that nothing has happened yet.
The database's clock is assumed too, from when it was last read. The append holds both to its own:
the log that was remembered must be this log, and the time right to the second.

What was assumed wrongly is a conflict like any other, and then everything is read. That costs a
round trip where a right assumption saves one, so it is done while most come true: they do not where
several processes serve the same visitor, each of which has seen but a part of what happened.

It rests on this, too: stored events have the tags that their types give them today.
"""

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from apps.eventlog.commands import Boundary, Command, History, items_of, narrowest_of
from apps.eventlog.events import Event
from apps.eventlog.looking import View

# Past these everything is forgotten, which costs a look each.
MOST_SETTLED = 2_000  # boundaries, as of screenings: some 3 kB each
MOST_MET = 50_000  # tags: some 150 bytes each

WORTH_IT = 0.75  # the share of assumptions that must come true, of the last
OF_THE_LAST = 32
PROBES = 32  # below that share, one in so many is made, to see whether it has grown


class Memory:
    """What the threads of a process saw of one log, and how far that helped."""

    def __init__(self, log: str) -> None:
        self.log = log
        self._settled: dict[Boundary, History] = {}
        self._met: set[str] = set()
        self._ahead = 0.0  # seconds from this process' clock to the database's
        self._came_true = 1.0  # the share of the last assumptions
        self._spared = 0  # assumptions not made since the last probe

    def view(self, boundary: Boundary) -> View | None:
        """What a look is assumed to show; None where that is not known well enough."""
        settled, gathering = _parted(boundary)
        history = self._settled.get(settled)
        if history is None or not self._met.isdisjoint(gathering) or not self._worth_it():
            return None
        self._meet(gathering)
        now = datetime.fromtimestamp(time.monotonic() + self._ahead, UTC)
        return View(now, self.log, None, history, assumed=True)

    def learn(self, boundary: Boundary, view: View) -> None:
        settled, gathering = _parted(boundary)
        self._meet(gathering)
        self._ahead = view.now.timestamp() - time.monotonic()
        if settled and settled not in self._settled:
            if len(self._settled) >= MOST_SETTLED:
                self._settled.clear()
            items = items_of(settled)
            self._settled[settled] = tuple(
                event for event in view.history if any(item.matches(event) for item in items)
            )

    def doubt(self, boundary: Boundary) -> None:
        """It may be time to look at this again."""
        settled, _ = _parted(boundary)
        self._settled.pop(settled, None)

    def count(self, *, came_true: bool) -> None:
        self._came_true += (came_true - self._came_true) / OF_THE_LAST

    def _worth_it(self) -> bool:
        if self._came_true >= WORTH_IT:
            return True
        self._spared = (self._spared + 1) % PROBES
        return self._spared == 0

    def _meet(self, tags: list[str]) -> None:
        if len(self._met) >= MOST_MET:
            self._met.clear()
        self._met.update(tags)


_memory = Memory("")  # of the log that was looked at last


class Guess(NamedTuple):
    """What is assumed, and the events that it grants."""

    view: View
    decided: list[Event]


def guess(command: Command, boundary: Boundary) -> Guess | None:
    """None where it takes a look to decide.

    Only a look refuses, finds that nothing has to happen, or fails: without one, that might be the
    assumption's fault.
    """
    if (view := _memory.view(boundary)) is None:
        return None
    with suppress(Exception):
        if decided := command.decide(view.history, view.now):
            return Guess(view, decided)
    _memory.doubt(boundary)
    return None


def judge(boundary: Boundary, *, came_true: bool) -> None:
    """Say what the append found of a guess."""
    _memory.count(came_true=came_true)
    if not came_true:
        _memory.doubt(boundary)


def learn(boundary: Boundary, view: View) -> None:
    """Remember what a look has shown."""
    global _memory
    if _memory.log != view.log:
        _memory = Memory(view.log)
    _memory.learn(boundary, view)


def _parted(boundary: Boundary) -> tuple[Boundary, list[str]]:
    """Its items by guarding tags, and the texts of its gathering tags."""
    pairs = [*zip(boundary, narrowest_of(boundary), strict=True)]
    settled = tuple(item for item, tag in pairs if tag.guarding)
    return settled, [tag.text for _, tag in pairs if not tag.guarding]
