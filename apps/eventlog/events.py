"""What an event is, and the one codec between events and their stored form."""

from collections.abc import Callable

import msgspec

from apps.eventlog.tags import Tag


class Event(msgspec.Struct, frozen=True):
    """A fact in the past tense. Immutable, and stored for ever under its stable name."""

    def tags(self) -> tuple[Tag, ...]:
        """Everything this fact is about; whoever decides by one of these tags sees it."""
        raise NotImplementedError


types: dict[str, type[Event]] = {}
_names: dict[type[Event], str] = {}


def event[E: Event](name: str) -> Callable[[type[E]], type[E]]:
    """Register a fact under the name it is stored by: never an import path, never changed."""

    def register(cls: type[E]) -> type[E]:
        if name in types:
            raise ValueError(f"two events are named {name!r}")
        types[name], _names[cls] = cls, name
        return cls

    return register


def name_of(cls: type[Event]) -> str:
    return _names[cls]


def encode(event: Event) -> bytes:
    return msgspec.json.encode(event)


def decode(name: str, data: str | bytes) -> Event:
    """The event stored as `data` under `name`. KeyError when no such event is known."""
    return msgspec.json.decode(data, type=types[name])
