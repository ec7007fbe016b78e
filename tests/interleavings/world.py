"""One screening, its server and the network to one browser, to be moved step by step.

The server's half is the real `LiveRoom`, fed as the follower feeds it; the log, the tables and the
network are modelled.
"""

import random
import re
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from apps.seatmap.rooms import Change, LiveRoom

SEATS = ("A1", "A2", "A3")
ME = "me"

type Row = tuple[str, int, str]  # state, position, whose
type Words = list[tuple[str, str, int]]
type Op = tuple[Any, ...]
type Schedule = tuple[
    list[Op], Words, list[str]
]  # what comes; what is true at the end; what is ours


class Drawn:
    """Stands in for seats.Room, whose HTML would only have to be taken apart again."""

    def fragments(self, known: dict[str, tuple[str, int]], some: Iterable[str] = SEATS) -> str:
        told = ((seat, *known.get(seat, ("available", 0))) for seat in some)
        return "".join(f"{seat} {state} {position};" for seat, state, position in told)


class Line:
    """A viewer's socket: frames wait in it until the browser gets to them."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.frames: deque[Op] = deque()
        self.whole = True

    def tell(self, frame: str) -> None:
        epoch, snapshot, words = TOLD.fullmatch(frame).groups()  # type: ignore[union-attr]
        told = [word.split() for word in words.split(";") if word]
        self.frames.append(("line", self.number, bool(snapshot), epoch, told))

    def end(self, code: int) -> None:
        self.whole = False


TOLD = re.compile(r'<div id="live" data-epoch="(\w+)" (data-snapshot )?[^>]*></div>(.*)')


class World:
    def __init__(self, seed: int, *, snapshot_first: bool = False) -> None:
        self.random = random.Random(seed)
        self.snapshot_first = snapshot_first
        self.ops: list[Op] = []
        self.rows: dict[str, Row] = dict.fromkeys(SEATS, ("available", 0, ""))
        self.backup = dict(self.rows), 0
        self.epoch, self.position = 1, 0
        self.in_flight: dict[str, tuple[int, Row]] = {}
        self.log: dict[int, Change] = {}  # what has committed
        self.lines = 0
        self.line: Line | None = None
        self.late: deque[Op] = deque()  # of lines that are gone
        self.joining: Line | None = None
        self.polls: deque[Op] = deque()
        self.answers: deque[Op] = deque()
        self._new_hub()

    # The server

    def _new_hub(self) -> None:
        self.room, self.read = LiveRoom(), self.position
        self.posts: deque[Callable[[], object]] = deque()  # from the follower to the loop

    def begin(self, seat: str, state: str, who: str) -> bool:
        """An append that has its position, and commits later."""
        if seat in self.in_flight:
            return False
        self.position += 1
        self.in_flight[seat] = self.position, (state, self.position, who)
        return True

    def commit(self, seat: str) -> None:
        position, row = self.in_flight.pop(seat)
        self.rows[seat] = row
        self.log[position] = Change("s", seat, row[0], position)

    def somebody_acts(self) -> None:
        seat = self.random.choice(SEATS)
        state, *_ = self.rows[seat]
        free = state == "available"
        if self.begin(seat, "held" if free else "available", f"other{self.position}"):
            if self.random.random() < 0.6:
                self.commit(seat)
        elif self.random.random() < 0.6:
            self.commit(seat)

    def follow(self) -> None:
        """Read the run without a gap, and pass it on."""
        run = []
        while (position := self.read + 1) in self.log or self._void(position):
            run += [self.log[position]] if position in self.log else []
            self.read = position
        if run:
            self.posts.append(lambda: self.room.change(run) and self.room.tell())

    def _void(self, position: int) -> bool:
        taken = {at for at, _ in self.in_flight.values()}
        return position <= self.position and position not in taken

    def take_snapshot(self) -> None:
        changes = [Change("s", seat, *row[:2]) for seat, row in self.rows.items() if row[1]]
        drawn: Any = Drawn()
        epoch = f"e{self.epoch}"
        self.posts.append(lambda: self.room.open(drawn, changes, epoch))

    def loop(self) -> None:
        if self.posts:
            self.posts.popleft()()

    def restore(self) -> None:
        """Back to an earlier state, whose positions are given out again."""
        self.rows, self.position = dict(self.backup[0]), self.backup[1]
        self.epoch += 1
        self.in_flight, self.log = {}, {}
        if self.random.random() < 0.3:  # else the hub has yet to notice
            self.cut()
        self._new_hub()

    def keep_a_backup(self) -> None:
        if not self.in_flight:
            self.backup = dict(self.rows), self.position

    # Between server and browser

    def connect(self) -> None:
        if self.line:
            return
        self.lines += 1
        self.line = self.joining = Line(self.lines)
        if self.snapshot_first:  # the control: what happens before the line joins is lost
            if not self.room.viewers:
                self.take_snapshot()
                self.posts.pop()()
            told = self.words(SEATS)
            self.line.frames.append(("line", self.lines, True, f"e{self.epoch}", told))
        else:
            self.join()

    def join(self) -> None:
        if line := self.joining:
            self.joining = None
            if self.snapshot_first:
                self.room.viewers.add(line)
            else:
                fresh = not self.room.viewers
                self.room.join(line)
                if fresh:
                    self.take_snapshot()

    def cut(self) -> None:
        if self.line:
            self.late += [("late", *frame[1:]) for frame in self.line.frames]
            self.room.viewers.discard(self.line)
            if not self.room.viewers:
                self.close_room()
            self.line = self.joining = None

    def close_room(self) -> None:
        """As the hub does with an empty one; what is posted to it finds it gone."""
        self.room = LiveRoom()
        self.posts.clear()

    def hear(self) -> None:
        if self.line and self.line.frames:
            self.ops.append(self.line.frames.popleft())

    def hear_late(self) -> None:
        if self.late:
            self.ops.append(self.late.popleft())

    def ask_what_is_new(self) -> None:
        if not self.line:
            self.ops.append(("ask",))
            self.polls.append(("new", f"e{self.epoch}", self.words(SEATS)))

    def hear_what_is_new(self) -> None:
        if self.polls:
            self.ops.append(self.polls.popleft())

    def wish(self) -> None:
        """Our own request: a seat that is free, or one of ours; refused if it is neither."""
        if self.answers:
            return  # one after the other
        seat = self.random.choice(SEATS)
        state, _, who = self.rows[seat]
        if seat not in self.in_flight and (state == "available" or who == ME):
            self.begin(seat, "held" if state == "available" else "available", ME)
            self.commit(seat)
        self.answers.append(("own", False, *self._own([seat])))

    def ask_what_is_ours(self) -> None:
        if not self.answers:
            self.answers.append(("own", True, *self._own([])))

    def hear_answer(self) -> None:
        if self.answers:
            self.ops.append(self.answers.popleft())

    def _own(self, asked: list[str]) -> tuple[str, Words, list[tuple[str, int]]]:
        mine = [(seat, self.rows[seat][1]) for seat in self.ours()]
        return f"e{self.epoch}", self.words([*self.ours(), *asked]), mine

    def words(self, seats: Iterable[str]) -> Words:
        return [(seat, *self.rows[seat][:2]) for seat in dict.fromkeys(seats)]

    def ours(self) -> list[str]:
        return [seat for seat, (state, _, who) in self.rows.items() if (state, who) == ("held", ME)]
