"""An order in time in which everything that a model shows can happen."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from math import inf
from typing import NamedTuple

from apps.eventlog.commands import Rejected
from apps.eventlog.events import Event
from apps.eventlog.specifications import (
    AnySpecification,
    AutomationSpecification,
    Specification,
)
from apps.eventmodel.model import Pattern, Slice

type Types = frozenset[type[Event]]
# What people do comes before what machines do.
RANKS = {Pattern.VIEW: 0, Pattern.CHANGE: 1, Pattern.TRANSLATION: 2, Pattern.AUTOMATION: 3}


class Step(NamedTuple):
    """What a specification shows to be possible: once `given` has happened, `then` may."""

    given: Types
    then: Types


def in_time(slices: Sequence[Slice], layers: Sequence[str] = ()) -> list[Slice]:
    """The slices, each after what it needs; `layers` are apps, those that know no other first.

    What can never happen comes last.
    """
    waiting, ordered = list(slices), list[Slice]()
    ready_since: dict[str, int] = {}
    while waiting:
        written = writable(ordered)
        for each in waiting:
            if can_happen(each, written):
                ready_since.setdefault(each.name, len(ordered))
        first = min(waiting, key=partial(_precedence, ready_since, layers))
        waiting.remove(first)
        ordered.append(first)
    return ordered


def _precedence(
    ready_since: dict[str, int], layers: Sequence[str], slice_: Slice
) -> tuple[float, bool, int, int, str]:
    """What was possible first; its views first; then what an app does stays together."""
    layer = layers.index(slice_.app) if slice_.app in layers else len(layers)
    changes = slice_.pattern is not Pattern.VIEW
    since = ready_since.get(slice_.name, inf)
    return since, changes, layer, RANKS[slice_.pattern], slice_.name


def too_early(slices: Sequence[Slice]) -> Iterator[Slice]:
    """Those that stand before something that they need: none, if the order is possible."""
    for nth, each in enumerate(slices):
        if not can_happen(each, writable(slices[:nth])):
            yield each


def can_happen(slice_: Slice, written: Types) -> bool:
    """Whether its first example is possible once these events have been written."""
    return any(step.given <= written for step in islice(_steps(slice_), 1))


def writable(slices: Iterable[Slice]) -> Types:
    """Every event that these slices can write, one after the other and again."""
    steps = [step for each in slices for step in _steps(each)]
    written: Types = frozenset()
    while more := {e for step in steps if step.given <= written for e in step.then} - written:
        written |= more
    return written


def _steps(slice_: Slice) -> Iterator[Step]:
    for told in slice_.specifications:
        yield from _step(told.data)


def _step(specification: AnySpecification) -> Iterator[Step]:
    given = _types(specification.given)
    if isinstance(specification, Specification | AutomationSpecification):
        if specification.then and not isinstance(specification.then, Rejected):
            yield Step(given, _types(specification.then))
    else:
        yield Step(given, frozenset())


def _types(events: Iterable[Event]) -> Types:
    return frozenset(type(each) for each in events)
