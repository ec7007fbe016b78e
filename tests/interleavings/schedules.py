"""Random schedules of a world: its words, in the order in which a browser gets them.

browser.js asks the real rules about each. A schedule cannot know what the browser will do, so it
offers: an answer to a question that was not asked is not taken.
"""

from tests.interleavings.world import SEATS, Op, Words, World

STEPS = 40

type Outcome = tuple[list[Op], Words, list[str]]  # what comes; the truth; what is ours


class Schedule(World):
    def run(self) -> Outcome:
        for _ in range(self.random.randrange(4)):
            self.somebody_acts()
        self.ops.append(("page", self.words(SEATS), self._own([])[2]))
        for _ in range(STEPS):
            self.random.choices(ACTS, WEIGHTS)[0](self)
        self.settle()
        return self.ops, self.words(SEATS), self.ours()

    def settle(self) -> None:
        """Everything commits and arrives; then a line or two questions must have told all."""
        for seat in list(self.in_flight):
            self.commit(seat)
        while self.answers:
            self.hear_answer()
        if self.line and self.random.random() < 0.3 and self.room.viewers:
            self.cut()
        if not self.line and self.random.random() < 0.5:
            self.settle_by_asking()
        else:
            self.settle_by_line()
        while self.late or self.polls:
            self.hear_late()
            self.hear_what_is_new()
        self.ask_what_is_ours()
        self.hear_answer()

    def settle_by_asking(self) -> None:
        for again in (False, True):
            if again:
                self.somebody_acts()
                for seat in list(self.in_flight):
                    self.commit(seat)
            self.ask_what_is_new()
            while self.polls:
                self.hear_what_is_new()

    def settle_by_line(self) -> None:
        if self.line and self.line not in self.room.viewers and self.line is not self.joining:
            self.cut()  # of a hub that is gone
        for _ in range(2):  # a browser that heard strange words takes a second one
            self.connect()
            self.join()
            self.follow()
            while self.posts:
                self.loop()
            while self.line and self.line.frames:
                self.hear()
            self.ops.append(("relink",))
            if self.line:
                self.room.viewers.discard(self.line)
            self.close_room()
            self.line = None


ACTS, WEIGHTS = zip(
    (World.somebody_acts, 6),
    (World.wish, 4),
    (World.ask_what_is_ours, 1),
    (World.hear_answer, 5),
    (World.follow, 4),
    (World.loop, 5),
    (World.connect, 3),
    (World.join, 2),
    (World.hear, 5),
    (World.hear_late, 1),
    (World.cut, 1),
    (World.ask_what_is_new, 2),
    (World.hear_what_is_new, 2),
    (World.keep_a_backup, 0.5),
    (World.restore, 0.6),
    strict=True,
)
