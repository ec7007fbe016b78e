"""What a command is: a wish, the boundary it looks at, and its decision.

Boundaries are queries as the DCB specification has them (dcb.events): items are alternatives, an
item's types are alternatives, its tags must all be there. Two things are left out, on purpose. An
item without a tag, because deciding by types alone would lock the whole log. And a position in the
condition of an append: it would miss an event that got a lower position and commits later, so an
append names the number of events that were read instead (see `eventlog_append`).
"""

from collections.abc import Sequence
from datetime import datetime, time

import msgspec

from apps.eventlog.events import Event
from apps.eventlog.tags import Tag


class Item(msgspec.Struct, frozen=True):
    """The events that carry all of `tags` and are of one of `types` (of any, if none is named).

    The first tag is the one that is locked: name the narrowest first.
    """

    tags: tuple[Tag, ...]
    types: tuple[type[Event], ...] = ()

    def __post_init__(self) -> None:
        if not self.tags:
            raise ValueError("an item names at least one tag, else it would lock the whole log")

    def matches(self, event: Event) -> bool:
        of_type = not self.types or type(event) in self.types
        return of_type and set(self.tags) <= set(event.tags())


# The events that match any of the items; a tag by itself is the item of that tag.
type Boundary = tuple[Tag | Item, ...]
type History = Sequence[Event]


def items_of(boundary: Boundary) -> list[Item]:
    return [item if isinstance(item, Item) else Item((item,)) for item in boundary]


def narrowest_of(boundary: Boundary) -> list[Tag]:
    """The tag of each item that is locked, and by which the index finds its events."""
    return [item.tags[0] if isinstance(item, Item) else item for item in boundary]


class Words(str):
    """A part of a sentence that is not the same in all languages."""


# What a sentence may name. A tuple is a list, a datetime is shown with its day, a time without.
type Value = str | int | datetime | time | tuple[str, ...]


class Rejected(Exception):
    """A wish that cannot be granted, with the sentence that tells its sender why.

    Rejected("{seats} went to someone else.", seats=("F12", "F13")): as text it is English, and
    wording.told() has it in the language of the one who is told.
    """

    def __init__(self, sentence: str, /, **values: Value) -> None:
        plain = {name: _in_english(value) for name, value in values.items()}
        super().__init__(sentence.format(**plain) if values else sentence)
        self.sentence, self.values = sentence, values


def _in_english(value: Value) -> str:
    match value:
        case datetime():
            return f"{value:%a} {value.day} {value:%B, %H:%M}"
        case time():
            return f"{value:%H:%M}"
        case (*most, last) if most:
            return f"{', '.join(most)} and {last}"
        case (last,):
            return last
    return str(value)


class Command(msgspec.Struct, frozen=True):
    """A wish. `decide` is pure: the same history and time always give the same answer."""

    def boundary(self) -> Boundary:
        """The events that decide; there may not be another of them before ours are stored."""
        raise NotImplementedError

    def decide(self, history: History, now: datetime) -> list[Event]:
        """The events that grant the wish, [] when nothing has to happen, else raises Rejected.

        `history` holds the boundary's events in log order, `now` is the database's clock.
        """
        raise NotImplementedError
