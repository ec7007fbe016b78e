"""Where each field comes from: the information that a model must not lack."""

import inspect
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from typing import Any, NamedTuple

import msgspec
from django import forms
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import ForeignKey, Model

from apps.eventlog.origins import OUTSIDE
from apps.eventmodel import texts
from apps.eventmodel.model import Field

SETTING = "setting "

type Upstream = Mapping[str, Iterable[str]]  # field -> what has it: "event booking.SeatsHeld"


class Wanted(NamedTuple):
    """A field, and what it says of its origins, if anything."""

    name: str
    type: str
    declared: tuple[str, ...]


def resolved(wanted: Iterable[Wanted], upstreams: Iterable[Upstream]) -> tuple[Field, ...]:
    """Each field with its origins; with none if one of the ways that lead here cannot give it."""
    ways = list(upstreams)
    return tuple(Field(each.name, each.type, tuple(_origins(each, ways))) for each in wanted)


def _origins(field: Wanted, ways: list[Upstream]) -> list[str]:
    found: dict[str, None] = {}
    for upstream in ways:
        names = field.declared or (field.name,)
        origins = [list(_of(name, upstream)) for name in names]
        if not all(origins):
            return []
        found |= dict.fromkeys(origin for each in origins for origin in each)
    return list(found)


def _of(name: str, upstream: Upstream) -> Iterator[str]:
    if name in OUTSIDE or (
        name.startswith(SETTING) and hasattr(settings, name.removeprefix(SETTING))
    ):
        yield name
    for source in upstream.get(name, ()):
        yield f"{name} of {source}"


def merged(sources: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Of (what has them, the names of its fields): the upstream that they are together."""
    upstream: dict[str, list[str]] = {}
    for source, names in sources:
        for name in names:
            having = upstream.setdefault(name, [])
            if source not in having:
                having.append(source)
    return upstream


def fields_of(cls: Any) -> list[Wanted]:
    """The fields of an event, a command, a read model or any other record; [] of anything else."""
    if not inspect.isclass(cls):
        return []
    if issubclass(cls, Model) and hasattr(cls, "_meta"):
        return list(_columns(cls))
    if issubclass(cls, forms.BaseForm):
        named = getattr(cls, "base_fields", {})
        return [Wanted(name, type(field).__name__, ()) for name, field in named.items()]
    if not (issubclass(cls, msgspec.Struct) or is_dataclass(cls) or hasattr(cls, "_fields")):
        return []
    hints = typing.get_type_hints(cls, include_extras=True)
    return [Wanted(n, texts.type_name(hints[n]), _declared(hints[n])) for n in _names(cls)]


def _names(cls: Any) -> Iterable[str]:
    if issubclass(cls, msgspec.Struct):
        return tuple(cls.__struct_fields__)
    if is_dataclass(cls):
        return [field.name for field in dataclass_fields(cls)]
    return typing.cast(Iterable[str], cls._fields)


def _columns(model: type[Model]) -> Iterator[Wanted]:
    declared: dict[str, tuple[str, ...]] = getattr(model, "origins", {})
    for column in model._meta.concrete_fields:
        if column.column is not None:
            yield Wanted(column.name, _column_type(column), declared.get(column.name, ()))


def _column_type(column: Any) -> str:
    if isinstance(column, ArrayField):
        return f"{_column_type(column.base_field)}[]"
    if isinstance(column, ForeignKey):
        return _column_type(column.target_field)
    return type(column).__name__.removesuffix("Field").lower()


def _declared(annotation: Any) -> tuple[str, ...]:
    if typing.get_origin(annotation) is typing.Annotated:
        for note in annotation.__metadata__:
            if isinstance(note, msgspec.Meta) and note.extra:
                return tuple(note.extra.get("origins", ()))
    return ()
