"""What an event is, and the one codec between events and their stored form."""

from collections.abc import Callable
from typing import Any

import msgspec

from apps.eventlog.tags import Tag


class Event(msgspec.Struct, frozen=True):
    """A fact in the past tense. Immutable, and stored for ever under its stable name."""

    def tags(self) -> tuple[Tag, ...]:
        """Everything this fact is about; whoever decides by one of these tags sees it."""
        raise NotImplementedError


type Lift = Callable[[dict[str, Any]], dict[str, Any]]

types: dict[str, type[Event]] = {}
_names: dict[type[Event], str] = {}
_lifts: dict[str, tuple[str, Lift]] = {}


def event[E: Event](name: str) -> Callable[[type[E]], type[E]]:
    """Register a fact under the name it is stored by: never an import path, never changed.

    A fact whose shape changes gets a new name, and an upcaster from the old one.
    """

    def register(cls: type[E]) -> type[E]:
        if name in types:
            raise ValueError(f"two events are named {name!r}")
        types[name], _names[cls] = cls, name
        return cls

    return register


def upcaster(old: str, new: str) -> Callable[[Lift], Lift]:
    """Register how data stored under the name `old` take the shape of `new`. Stored ones stay."""

    def register(lift: Lift) -> Lift:
        if old in types or old in _lifts:
            raise ValueError(f"{old!r} has a shape already")
        _lifts[old] = new, lift
        return lift

    return register


def name_of(cls: type[Event]) -> str:
    return _names[cls]


def names_of(cls: type[Event]) -> list[str]:
    """Every name under which events of this type may be stored, today's first."""
    names = [_names[cls]]
    for name in names:
        names += [old for old, (new, _) in _lifts.items() if new == name]
    return names


def decode(name: str, data: str | bytes | msgspec.Raw) -> Event:
    """The event stored as `data` under `name`, in today's shape. KeyError for an unknown name."""
    if name not in _lifts:
        return msgspec.json.decode(data, type=types[name])
    shape = msgspec.json.decode(data)
    while name in _lifts:
        name, lift = _lifts[name]
        shape = lift(shape)
    return msgspec.convert(shape, type=types[name])
