"""Names, types and values as a person would write them."""

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from apps.eventlog.commands import Command
from apps.eventlog.events import Event

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # no page may have them; specifications do


def words(name: str) -> str:
    """`Open holds` for "booking.open_holds"."""
    return name.rpartition(".")[2].replace("_", " ").capitalize()


def snake(name: str) -> str:
    """`hold_seats` for "HoldSeats"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def sentence(text: str) -> str:
    """The first sentence of a docstring, on one line."""
    first = " ".join(text.partition("\n\n")[0].split())
    return re.split(r"(?<=[.?!])\s", first)[0]


def type_name(annotation: Any) -> str:
    """`tuple[str, ...]`, without the module names and notes that an annotation may carry."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return type_name(arguments[0])
    if annotation is Ellipsis:
        return "..."
    if annotation is type(None):
        return "None"
    if origin in (types.UnionType, typing.Union):
        return " | ".join(type_name(each) for each in arguments)
    if arguments and origin is not typing.Literal:
        return f"{type_name(origin)}[{', '.join(type_name(each) for each in arguments)}]"
    return getattr(annotation, "__name__", str(annotation))


def value(given: object) -> str:
    """`A7, A8`, `10 min`, `1 June 2030 12:00`; nothing for None."""
    match given:
        case None:
            return ""
        case bool():
            return "yes" if given else "no"
        case datetime():
            return f"{given.day} {given:%B %Y %H:%M}"
        case timedelta():
            return f"{given.total_seconds() / 60:g} min"
        case list() | tuple():
            return ", ".join(value(each) for each in given)
        case _ if is_record(given):
            return " ".join(text for text in record(given).values() if text)
    return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", str(given))


def is_record(given: object) -> bool:
    return isinstance(given, msgspec.Struct) or (
        is_dataclass(given) and not isinstance(given, type)
    )


def record(given: Any) -> dict[str, str]:
    """Field and value of an event, a command or another record."""
    if isinstance(given, Mapping):
        return {name: value(each) for name, each in given.items()}
    if isinstance(given, msgspec.Struct):
        names = given.__struct_fields__
    else:
        names = tuple(each.name for each in dataclass_fields(given))
    return {name: value(getattr(given, name)) for name in names}


def line(given: Event | Command) -> str:
    """`SeatsHeld: screening s1, hold h1, seats A7`."""
    filled = [f"{name} {text}" for name, text in record(given).items() if text]
    return f"{type(given).__name__}: {', '.join(filled)}" if filled else type(given).__name__
