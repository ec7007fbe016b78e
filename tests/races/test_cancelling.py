"""Cancelling a screening among buyers: no hold comes after it, and it has counted every one before.

The cancellation is the test's own. It decides by the gathering tag of the screening, which every
hold writes, and writes the guarding tag of its schedule, by which every hold decides.
"""

import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

import msgspec
import pytest
from django.db import connection

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.events import SeatsHeld
from apps.booking.specs.examples import on_sale
from apps.booking.tags import Screening
from apps.catalog.tags import Schedule
from apps.eventlog.commands import Boundary, Command, History, Rejected
from apps.eventlog.events import Event, event
from apps.eventlog.handling import Busy, handle
from apps.eventlog.tags import Tag
from tests.history import logged, tell
from tests.races import crowd
from tests.races.conftest import EMBEDDED

ROUNDS, CONTROL_ROUNDS = 40, 8
ROWS = "ABCDEFGH"  # one for each of the buyers, so that they never want the same seat
SEATS = 20  # a row
PLAN = tuple(f"{row} {'#' * SEATS}" for row in ROWS)


@event("test.Cancelled")
class Cancelled(Event, frozen=True):
    screening: str
    held: int
    wrong_kinds: bool = False

    def tags(self) -> tuple[Tag, ...]:
        return (of_kind(Schedule(self.screening), self.wrong_kinds),)


def of_kind(tag: Tag, wrong: bool) -> Tag:
    return Tag(tag.text, guarding=tag.guarding != wrong)


class Cancel(Command, frozen=True):
    screening: str
    wrong_kinds: bool = False

    def boundary(self) -> Boundary:
        return (of_kind(Screening(self.screening), self.wrong_kinds),)

    def decide(self, history: History, now: datetime) -> list[Event]:
        held = sum(len(event.seats) for event in history if isinstance(event, SeatsHeld))
        return [Cancelled(self.screening, held, self.wrong_kinds)]


class HoldUnlessCancelled(HoldSeats, frozen=True):
    def decide(self, history: History, now: datetime) -> list[Event]:
        if any(isinstance(event, Cancelled) for event in history):
            raise Rejected("This screening is cancelled.")
        return super().decide(history, now)


@dataclass
class Outcome:
    before: int = 0  # holds of one seat each
    counted: int | None = None  # by the cancellation
    after: int = 0

    def right(self) -> bool:
        return self.after == 0 and self.counted == self.before


def test_no_hold_after_its_cancellation_and_none_uncounted(database: str, version: str) -> None:
    rounds = ROUNDS if version == EMBEDDED else CONTROL_ROUNDS
    cancel_among_buyers(rounds)
    assert [outcome for outcome in outcomes() if not outcome.right()] == []
    # Else it proves nothing: they held seats, and would have gone on.
    assert any(0 < outcome.before < len(ROWS) * SEATS for outcome in outcomes())


@pytest.mark.parametrize("wrong_kinds", [False, True], ids=["without locks", "wrong kinds"])
def test_control_holds_come_after_it_and_are_not_counted(database: str, wrong_kinds: bool) -> None:
    crowd.in_no_hurry() if wrong_kinds else crowd.without_locks()
    cancel_among_buyers(CONTROL_ROUNDS, wrong_kinds)
    assert any(not outcome.right() for outcome in outcomes())


def cancel_among_buyers(rounds: int, wrong_kinds: bool = False) -> None:
    chance = Random(0)
    for screening in (f"s{nth}" for nth in range(rounds)):
        tell(msgspec.structs.replace(on_sale(), screening=screening, plan=PLAN))
        buyers = [threading.Thread(target=buy, args=(screening, row)) for row in ROWS]
        for buyer in buyers:
            buyer.start()
        time.sleep(chance.uniform(0.01, 0.05))
        until_granted(Cancel(screening, wrong_kinds))
        for buyer in buyers:
            buyer.join()


def until_granted(cancel: Cancel) -> None:
    """Who decides by all of a busy screening meets conflicts, and may have to ask again."""
    while True:
        with suppress(Busy):
            handle(cancel, command_id=f"cancel-{cancel.screening}", actor="staff:1")
            return


def buy(screening: str, row: str) -> None:
    """One seat after the other, each for somebody else, until there are no more to be had."""
    for number in range(1, SEATS + 1):
        visitor = uuid4().hex
        seats = (f"{row}{number}",)
        command = HoldUnlessCancelled(screening, visitor, visitor, seats, timedelta(minutes=10))
        try:
            handle(command, command_id=visitor, actor="test")
        except Rejected:
            break
        time.sleep(0.01)
    connection.close()


def outcomes() -> list[Outcome]:
    """What became of each screening, in log order."""
    found = defaultdict[str, Outcome](Outcome)
    for told in logged(SeatsHeld, Cancelled):
        match told:
            case Cancelled(screening=screening, held=held):
                found[screening].counted = held
            case SeatsHeld(screening=screening) if found[screening].counted is None:
                found[screening].before += 1
            case SeatsHeld(screening=screening):
                found[screening].after += 1
    return list(found.values())
