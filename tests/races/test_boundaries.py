"""Boundaries that overlap in part, and boundaries of different shapes: whoever is first decides."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

import msgspec
import pytest

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.specs.examples import on_sale
from apps.eventlog.commands import Item
from apps.eventlog.events import Event
from tests.history import logged, tell
from tests.races import crowd
from tests.races.notes import Noted, Struck, Topic, unless_there_is_one
from tests.races.test_one_seat import holders

SENDERS, ROUNDS, CONTROL_ROUNDS = 8, 20, 8
GUARDS = [crowd.without_locks, crowd.without_the_count]
THERE_IS_ONE = "There is one already."


def buyers_who_share_a_seat(rounds: int) -> list[list[crowd.Wish]]:
    """Each wants three seats, and A1 is one of them: the first, the second or the last."""
    tell(*(on_sale_as(f"s{nth}") for nth in range(rounds)))
    return [[hold(f"s{nth}", buyer) for buyer in range(SENDERS)] for nth in range(rounds)]


def on_sale_as(screening: str) -> Event:
    return msgspec.structs.replace(on_sale(), screening=screening)


def hold(screening: str, buyer: int) -> crowd.Wish:
    seats = [f"A{buyer + 2}", f"B{buyer + 1}"]
    seats.insert(buyer % 3, "A1")
    wish = f"{screening}-{buyer}"
    command = HoldSeats(screening, f"v{buyer}", wish, tuple(seats), timedelta(minutes=10))
    return command, wish, f"visitor:{buyer}"


def test_one_shared_seat_is_enough(database: str) -> None:
    answers = crowd.all_at_once(buyers_who_share_a_seat(ROUNDS))
    assert [answer.count(True) for answer in answers] == [1] * ROUNDS
    assert set(holders().values()) == {1}


@pytest.mark.parametrize("take_away", GUARDS)
def test_control_the_shared_seat_is_held_twice(
    database: str, take_away: Callable[[], None]
) -> None:
    take_away()
    with crowd.without_claims():
        crowd.all_at_once(buyers_who_share_a_seat(CONTROL_ROUNDS))
    assert max(holders().values()) > 1


def notes_and_strikes(rounds: int) -> list[list[crowd.Wish]]:
    """Half would note unless it was struck, half would strike unless there is anything at all."""
    return [
        [note(f"t{nth}") if sender % 2 else strike(f"t{nth}") for sender in range(SENDERS)]
        for nth in range(rounds)
    ]


def note(topic: str) -> crowd.Wish:
    """Scoped by type and tag: notes are nothing to it."""
    item = Item((Topic(topic),), (Struck,))
    return crowd.wish(unless_there_is_one([item], Noted((topic,))))


def strike(topic: str) -> crowd.Wish:
    """Scoped by the tag alone."""
    return crowd.wish(unless_there_is_one([Topic(topic)], Struck((topic,))))


def told() -> Iterator[list[type[Event]]]:
    """The types of each round's events, in log order."""
    rounds = defaultdict[tuple[str, ...], list[type[Event]]](list)
    for event in logged(Noted, Struck):
        if isinstance(event, Noted | Struck):
            rounds[event.topics].append(type(event))
    yield from rounds.values()


def fair(types: list[type[Event]]) -> bool:
    """Whoever came first was right: one strike, or every note."""
    return types in ([Struck], [Noted] * (SENDERS // 2))


def test_type_scoped_and_tag_scoped_meet(database: str) -> None:
    crowd.all_at_once(notes_and_strikes(ROUNDS))
    assert all(map(fair, told()))


@pytest.mark.parametrize("take_away", GUARDS)
def test_control_type_scoped_and_tag_scoped_pass_each_other(
    database: str, take_away: Callable[[], None]
) -> None:
    take_away()
    crowd.all_at_once(notes_and_strikes(CONTROL_ROUNDS))
    assert not all(map(fair, told()))


def both_ways_round(rounds: int) -> list[list[crowd.Wish]]:
    """All ask for events of two tags at once, but half would lock the one, half the other."""
    pairs = [(f"left-{nth}", f"right-{nth}") for nth in range(rounds)]
    return [
        [
            crowd.wish(unless_there_is_one([Item(tags[:: (-1) ** sender])], Noted(pair)))
            for sender in range(SENDERS)
        ]
        for pair in pairs
        for tags in [tuple(map(Topic, pair))]
    ]


def test_items_of_several_tags_meet_whichever_they_lock(database: str) -> None:
    answers = crowd.all_at_once(both_ways_round(ROUNDS))
    assert [sorted(map(str, answer)) for answer in answers] == [
        sorted(["True", *[THERE_IS_ONE] * (SENDERS - 1)])
    ] * ROUNDS


@pytest.mark.parametrize("take_away", GUARDS)
def test_control_items_of_several_tags(database: str, take_away: Callable[[], None]) -> None:
    take_away()
    answers = crowd.all_at_once(both_ways_round(CONTROL_ROUNDS))
    assert any(answer.count(True) > 1 for answer in answers)
