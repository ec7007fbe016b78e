"""The boxes of a model, from what the code says of each."""

import inspect
import typing
from collections.abc import Iterable, Iterator

import msgspec

from apps.eventlog import events
from apps.eventlog.commands import Command, items_of
from apps.eventlog.events import Event
from apps.eventlog.folding import Fold
from apps.eventmodel import texts
from apps.eventmodel.completeness import Upstream, fields_of, merged, resolved
from apps.eventmodel.model import BoundaryTag, Box, Kind
from apps.eventmodel.sources import Sources, Table, Trigger, app_of
from apps.eventmodel.specified import Evidence


class Boxes:
    """Makes the box of anything that the sources name."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._evidence = Evidence(sources.specified)

    def of_event(self, cls: type[Event]) -> Box:
        name, example = events.name_of(cls), self._evidence.example_of_event(cls)
        return Box(
            key=event_key(cls),
            kind=Kind.EVENT,
            name=name,
            title=cls.__name__,
            app=app_of(cls),
            fields=resolved(fields_of(cls), self._ways_to_event(cls)),
            example=_pairs(example),
            schema=msgspec.json.format(msgspec.json.encode(msgspec.json.schema(cls))).decode(),
            code=cls,
        )

    def of_command(self, cls: type[Command]) -> Box:
        return Box(
            key=command_key(cls),
            kind=Kind.COMMAND,
            name=f"{app_of(cls)}.{cls.__name__}",
            title=cls.__name__,
            app=app_of(cls),
            fields=resolved(fields_of(cls), self._ways_to_command(cls)),
            example=_pairs(self._evidence.example_of_command(cls)),
            code=cls,
        )

    def of_table(self, table: Table) -> Box:
        # Tables of one keeper are filled from each other, too.
        kept = (each for each in self._sources.tables if each.keeper == table.keeper)
        told = dict.fromkeys(cls for each in kept for cls in each.events)
        having = ((event_key(cls), _field_names(cls)) for cls in told)
        return Box(
            key=table_key(table.name),
            kind=Kind.READ_MODEL,
            name=table.name,
            title=str(table.model._meta.verbose_name_plural).capitalize(),
            app=app_of(table.model),
            fields=resolved(fields_of(table.model), [merged(having)]),
            example=tuple(self._evidence.row_of(table.name).items()),
            code=table.model,
        )

    def of_fold(self, name: str, fold: Fold) -> Box:
        having = [(event_key(cls), _field_names(cls)) for cls in self._evidence.folded_by(fold)]
        asked = ("the question", inspect.signature(fold).parameters)
        shown = typing.get_type_hints(fold).get("return")
        return Box(
            key=table_key(name),
            kind=Kind.READ_MODEL,
            name=name,
            title=texts.words(name),
            app=app_of(fold),
            fields=resolved(fields_of(shown), [merged([*having, asked])]),
            example=tuple(self._evidence.folded_example(fold).items()),
            code=fold,
        )

    def of_trigger(self, trigger: Trigger, slice_name: str) -> Box:
        screen = trigger.kind is Kind.SCREEN
        return Box(
            key=f"{trigger.kind} {trigger.name}" + (f" @ {slice_name}" if screen else ""),
            kind=trigger.kind,
            name=trigger.name,
            title=trigger.name if screen else trigger.actor or texts.words(trigger.name),
            app=app_of(trigger.code),
            actor=trigger.actor,
            example=(("at", trigger.address),) if trigger.address else (),
            code=trigger.code,
        )

    def _ways_to_event(self, cls: type[Event]) -> Iterator[Upstream]:
        for command in self._sources.commands:
            if cls in self._evidence.written_by(command):
                looked_at = (e for e in self._evidence.looked_at_by(command) if e is not cls)
                known = ((event_key(e), _field_names(e)) for e in looked_at)
                yield merged([(command_key(command), _field_names(command)), *known])

    def _ways_to_command(self, cls: type[Command]) -> Iterator[Upstream]:
        for trigger in self._sources.triggers:
            if trigger.uses(cls):
                yield merged(_known_to(trigger))


def _known_to(trigger: Trigger) -> Iterator[tuple[str, Iterable[str]]]:
    """What a screen, automation or translation has at hand when it issues a command."""
    name = f"{trigger.kind} {trigger.name}"
    if inspect.isfunction(trigger.code):
        yield name, inspect.signature(trigger.code).parameters
    for part in trigger.parts:
        if inspect.isclass(part) and not issubclass(part, Command | Event):
            yield name, _field_names(part)


def _field_names(cls: object) -> list[str]:
    return [field.name for field in fields_of(cls)]


def _pairs(example: Event | Command | None) -> tuple[tuple[str, str], ...]:
    return tuple(texts.record(example).items()) if example else ()


def boundary_of(example: Command | None) -> tuple[BoundaryTag, ...]:
    """The tags, as the example has them."""
    tags = [tag for item in items_of(example.boundary()) for tag in item.tags] if example else []
    return tuple(BoundaryTag(tag.text, tag.guarding) for tag in dict.fromkeys(tags))


def event_key(cls: type[Event]) -> str:
    return f"{Kind.EVENT} {events.name_of(cls)}"


def command_key(cls: type[Command]) -> str:
    return f"{Kind.COMMAND} {app_of(cls)}.{cls.__name__}"


def table_key(name: str) -> str:
    return f"{Kind.READ_MODEL} {name}"
