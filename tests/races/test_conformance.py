"""The log's queries and conditions mean what the specification of DCB says (dcb.events).

A query is an OR of items. An item asks for all of its tags and one of its types. A condition
fails when an event that the query asks for has come since it was read.
"""

import itertools
from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.eventlog.commands import History, Item
from apps.eventlog.events import Event
from apps.eventlog.handling import handle
from apps.eventlog.looking import look
from apps.eventlog.tags import Tag
from tests.history import tell
from tests.races import crowd
from tests.races.notes import Noted, Struck, Topic, command

TOPICS = ("a", "b", "c")
topics = st.lists(st.sampled_from(TOPICS), unique=True, max_size=3).map(tuple)
types = st.lists(st.sampled_from([Noted, Struck]), unique=True, max_size=2).map(tuple)
notes = st.builds(lambda cls, topics: cls(topics), st.sampled_from([Noted, Struck]), topics)
histories = st.lists(notes, min_size=1, max_size=6)
items = st.tuples(topics.filter(bool), types)
queries = st.lists(items, max_size=3)

type Query = Sequence[tuple[tuple[str, ...], tuple[type[Event], ...]]]
type Check = Callable[[list[Noted | Struck], list[Noted | Struck], Query], None]

_world = itertools.count()


def apart(events: Sequence[Noted | Struck], world: str) -> list[Noted | Struck]:
    """The events with topics that no other example has: one log serves them all."""
    return [type(event)(tuple(f"{world}{topic}" for topic in event.topics)) for event in events]


def model(events: Sequence[Event], boundary: Sequence[Item]) -> list[Event]:
    return [event for event in events if any(item.matches(event) for item in boundary)]


def items_of(query: Query, world: str) -> list[Item]:
    return [Item(tuple(Topic(f"{world}{topic}") for topic in tags), of) for tags, of in query]


def check(earlier: list[Noted | Struck], later: list[Noted | Struck], query: Query) -> None:
    world = f"{next(_world)}-"
    earlier, later = apart(earlier, world), apart(later, world)
    boundary = items_of(query, world)
    tell(*earlier)
    assert look(tuple(boundary)).history == model(earlier, boundary)

    looked: list[History] = []

    def decide(history: History) -> list[Event]:
        looked.append(history)
        if len(looked) == 1:
            tell(*later)
        return [Noted((f"{world}end",))]

    handle(command(boundary, decide), command_id=uuid4().hex, actor="test")
    seen = [model(earlier, boundary)]
    if model(later, boundary):  # the condition failed: decided afresh from all of them
        seen.append(model([*earlier, *later], boundary))
    assert looked == seen


def examples(count: int, phases: Sequence[Phase]) -> Callable[[Check], Callable[[], None]]:
    def wrap(function: Check) -> Callable[[], None]:
        limits = settings(
            max_examples=count,
            phases=phases,
            derandomize=True,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        checked: Callable[[], None] = limits(given(histories, histories, queries)(function))
        return checked

    return wrap


def test_queries_and_conditions_are_those_of_the_specification(database: str) -> None:
    examples(150, [Phase.generate, Phase.shrink])(check)()


def test_control_without_sifting_they_are_not(database: str) -> None:
    crowd.without_sifting()
    with pytest.raises(AssertionError):
        examples(100, [Phase.generate])(check)()


def test_control_without_the_count_conditions_are_not(database: str) -> None:
    crowd.without_the_count()
    with pytest.raises(AssertionError):
        examples(100, [Phase.generate])(check)()


def test_an_item_names_a_tag() -> None:
    """What the specification also allows, and this log does not: it would lock the whole of it."""
    no_tags: tuple[Tag, ...] = ()
    with pytest.raises(ValueError, match="at least one tag"):
        Item(no_tags, (Noted,))
