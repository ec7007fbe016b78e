"""One command id, sent many times at once: it takes effect once, and all are answered alike."""

from datetime import datetime

from apps.catalog.specs.examples import movie_added
from apps.eventlog.commands import Boundary, Command, History
from apps.eventlog.events import Event
from apps.eventlog.models import StoredEvent
from tests.races import crowd

SENDERS, ROUNDS = 16, 30


class Repeat(Command, frozen=True):
    """Has no boundary that would stop a second time: only the receipt can."""

    nth: int

    def boundary(self) -> Boundary:
        return ()

    def decide(self, history: History, now: datetime) -> list[Event]:
        return [movie_added(f"m{self.nth}")]


def test_repeats_of_a_command_are_one(database: str) -> None:
    answers = crowd.all_at_once(senders())
    assert answers == [[True] * SENDERS] * ROUNDS
    assert StoredEvent.objects.count() == ROUNDS


def test_control_without_receipts_repeats_are_many(database: str) -> None:
    crowd.without_receipts()
    crowd.all_at_once(senders())
    assert StoredEvent.objects.count() > ROUNDS


def senders() -> list[list[crowd.Wish]]:
    return [[(Repeat(nth), f"wish-{nth}", "visitor:ann")] * SENDERS for nth in range(ROUNDS)]
