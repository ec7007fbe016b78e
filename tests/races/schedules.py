"""Buyers, a bank and a sweeper, step by step in an order that chance decides. No database.

The log is a list. A process reads the boundary of its command and decides; any number of steps of
others later it appends, if the boundary still has as many events: what eventlog_append does. There
is one clock to decide by. Each process has another, minutes off, by which it thinks it is time. Now
and then one decides without a look: as if nothing had happened to a screening but its schedule, and
at a time that is some tenths of a second off.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from apps.booking.commands.change_seats import ChangeSeats
from apps.booking.commands.expire_hold import ExpireHold
from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.commands.release_seats import ReleaseSeats
from apps.booking.specs.examples import on_sale
from apps.checkout.commands.decline_payment import DeclinePayment
from apps.checkout.commands.place_order import PlaceOrder
from apps.checkout.commands.receive_payment import ReceivePayment
from apps.checkout.events import OrderPlaced
from apps.eventlog.commands import Command, Rejected, items_of
from apps.eventlog.events import Event
from apps.eventlog.specifications import NOON
from tests.races.audit import Audit, Hold

VISITORS, SEATS = ("ann", "bob", "cid"), ("A1", "A2", "A3")
STEPS, PROCESSES = 40, 4
LASTS = timedelta(minutes=10)
MOMENTS = [timedelta(seconds=seconds) for seconds in (0, 0, 1, 30, 60, 200, 500)]
SETTLED = frozenset(["schedule:s1"])
SKEWS = [timedelta(minutes=minutes) for minutes in (-5, -1, 0, 4)]

type TagsOf = Callable[[Event], tuple[str, ...]]


def tags_of(event: Event) -> tuple[str, ...]:
    return tuple(tag.text for tag in event.tags())


@dataclass
class Process:
    """Works off one command at a time: it looks and decides in one step, appends in a later."""

    skew: timedelta
    command: Command | None = None
    boundary: frozenset[str] = frozenset()
    seen: int = 0
    decided: list[Event] = field(default_factory=list)


class Schedule:
    """One history made by chance, and what the audit found in it."""

    def __init__(
        self, seed: int, tags_of: TagsOf = tags_of, own_clocks: bool = False, counted: bool = True
    ) -> None:
        self.chance, self.tags_of, self.own_clocks = Random(seed), tags_of, own_clocks
        self.counted = counted  # whether an append minds what has happened since
        self.now = NOON
        self.log: list[tuple[frozenset[str], Event]] = []
        self.audit = Audit()
        self.orders: list[OrderPlaced] = []
        self.happened: Counter[str] = Counter()
        self.processes = [Process(skew) for skew in SKEWS]
        self._append([on_sale()])

    def run(self) -> "Schedule":
        pick = self.chance.random
        for _ in range(STEPS):
            self.now += MOMENTS[int(pick() * len(MOMENTS))]
            self._step(self.processes[int(pick() * PROCESSES)])
        return self

    def _step(self, process: Process) -> None:
        if process.decided:
            if not self.counted or len(self._look(process.boundary)) == process.seen:
                self._append(process.decided)
                self.happened[type(process.command).__name__] += 1
                process.command = None
            else:
                self.happened["conflict"] += 1  # the same command, decided afresh in a later step
            process.decided = []
            return
        process.command = process.command or self._wish(self.now + process.skew)
        if process.command:
            self._decide(process, process.command)

    def _decide(self, process: Process, command: Command) -> None:
        process.boundary = frozenset(item.tags[0].text for item in items_of(command.boundary()))
        if self.chance.random() < 0.3:
            off = timedelta(seconds=self.chance.random() - 0.5)
            self._decide_by(process, command, self._look(process.boundary & SETTLED), off)
            if process.decided:
                self.happened["assumed"] += 1
        if not process.decided:
            off = process.skew if self.own_clocks else timedelta()
            self._decide_by(process, command, self._look(process.boundary), off)
        if not process.decided:
            process.command = None

    def _decide_by(
        self, process: Process, command: Command, history: list[Event], off: timedelta
    ) -> None:
        process.seen = len(history)
        try:
            process.decided = command.decide(history, self.now + off)
        except Rejected:
            process.decided = []

    def _look(self, boundary: frozenset[str]) -> list[Event]:
        return [event for tags, event in self.log if not boundary.isdisjoint(tags)]

    def _append(self, events: list[Event]) -> None:
        for event in events:
            self.log.append((frozenset(self.tags_of(event)), event))
            self.audit.apply(event, self.now)
            self.happened[type(event).__name__] += 1
            if isinstance(event, OrderPlaced):
                self.orders.append(event)

    def _wish(self, by_my_clock: datetime) -> Command | None:
        """What somebody wants, going by a page that will be out of date when they are heard."""
        chance = int(self.chance.random() * 10)
        if chance < 4:
            visitor = VISITORS[int(self.chance.random() * len(VISITORS))]
            return self._wish_of(visitor, by_my_clock)
        if chance < 8 and self.orders:
            return self._word_of_the_bank(by_my_clock)
        return self._sweep(by_my_clock)

    def _wish_of(self, visitor: str, by_my_clock: datetime) -> Command:
        mine = self.audit.last_of(visitor)
        if mine is None or mine.until <= by_my_clock or self.chance.random() < 0.2:
            return self._hold(visitor)
        if self.chance.random() < 0.2:
            seats = mine.seats[: 1 + int(self.chance.random() * 2)]
            return ReleaseSeats("s1", visitor, mine.hold, seats, mine.seats)
        if self.chance.random() < 0.2:
            hold = f"h{self.chance.getrandbits(40)}"
            return ChangeSeats("s1", visitor, hold, self._some_seats(), mine.seats, LASTS)
        order = f"o{len(self.log)}"
        return PlaceOrder(order, "s1", mine.hold, visitor, mine.seats, "c1", LASTS)

    def _hold(self, visitor: str) -> Command:
        # Enough of the schedule to tell two holds apart, whatever is appended meanwhile.
        hold = f"h{self.chance.getrandbits(40)}"
        return HoldSeats("s1", visitor, hold, self._some_seats(), LASTS)

    def _some_seats(self) -> tuple[str, ...]:
        first = int(self.chance.random() * len(SEATS))
        return (SEATS + SEATS)[first : first + 1 + int(self.chance.random() * 2)]

    def _word_of_the_bank(self, by_my_clock: datetime) -> Command:
        order = self.orders[int(self.chance.random() * len(self.orders))]
        about = (order.order, order.screening, order.hold, order.seats)
        if self.chance.random() < (0.3 if by_my_clock < order.pay_by else 0.5):
            return DeclinePayment(*about, "expired")
        return ReceivePayment(*about, order.amount)  # perhaps late, perhaps after a decline

    def _sweep(self, by_my_clock: datetime) -> Command | None:
        due = [hold for hold in self.audit.open_holds() if hold.until <= by_my_clock]
        return _expire(due[int(self.chance.random() * len(due))]) if due else None


def _expire(hold: Hold) -> Command:
    return ExpireHold("s1", hold.hold, hold.visitor, hold.seats)
