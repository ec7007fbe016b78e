"""The event model of the code, as it is now: its slices in time, and what feeds what."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from itertools import groupby

from apps.eventlog.commands import Command
from apps.eventlog.events import Event
from apps.eventmodel import texts
from apps.eventmodel.boxes import Boxes, boundary_of, command_key, event_key, table_key
from apps.eventmodel.model import Arrow, Box, Kind, Model, Pattern, Slice
from apps.eventmodel.order import in_time
from apps.eventmodel.sources import Sources, Specified, Table, Trigger, app_of, of_the_apps
from apps.eventmodel.specified import Evidence, told


@cache
def event_model() -> Model:
    """Of the installed apps. Code does not change while a process runs, so once a process."""
    return build(of_the_apps())


@cache
def slices_by_name() -> dict[str, Slice]:
    """By their own names and by those of everything that is drawn in them."""
    named = {each.name: each for each in event_model().slices}
    homes = {box.key: each for each in event_model().slices for box in each.boxes}
    for each in event_model().slices:
        for box in each.of(Kind.COMMAND, Kind.EVENT, Kind.READ_MODEL):
            named.setdefault(box.name, each)
            named.setdefault(f"{box.app}.{texts.snake(box.title)}", each)
    for table in of_the_apps().tables:
        named.setdefault(table.keeper, homes[table_key(table.name)])
        named.setdefault(table.model._meta.label_lower, homes[table_key(table.name)])
    return named


def build(sources: Sources) -> Model:
    return Builder(sources).model()


class Builder:
    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._evidence = Evidence(sources.specified)
        self._boxes = Boxes(sources)

    def model(self) -> Model:
        columns = (*self._changes(), *self._machines(), *self._views(), *self._folds())
        slices = in_time(columns, self._sources.layers)
        slices, unplaced = self._with_events(slices)
        return Model(tuple(slices), tuple(self._arrows(slices)), unplaced)

    # Slices, without their events

    def _changes(self) -> Iterator[Slice]:
        """A column for each command that people issue; and for one that nobody does."""
        for command in self._sources.commands:
            screens = [t for t in self._screens if t.uses(command)]
            if screens or not self._machine_of(command):
                name = f"{app_of(command)}.{texts.snake(command.__name__)}"
                boxes = [self._boxes.of_trigger(each, name) for each in screens]
                boxes.append(self._boxes.of_command(command))
                yield self._slice(name, Pattern.CHANGE, _doc(command), boxes, [command])

    def _machines(self) -> Iterator[Slice]:
        """A column for each automation and translation, with what it alone issues and works off."""
        for machine in self._machine_triggers:
            commands = [c for c in self._sources.commands if self._machine_of(c) is machine]
            todo = [t for t in self._sources.tables if self._worker_of(t) is machine]
            boxes = [self._boxes.of_trigger(machine, machine.name)]
            boxes += [self._boxes.of_table(each) for each in todo]
            boxes += [self._boxes.of_command(each) for each in commands]
            outside = machine.kind is Kind.OUTSIDE
            pattern = Pattern.TRANSLATION if outside else Pattern.AUTOMATION
            own = self._evidence.of_automation(machine.name)
            specified = own + self._evidence.of_tables(*(each.name for each in todo))
            says = own[0].says if own else _doc(machine.code)
            yield self._slice(machine.name, pattern, says, boxes, commands, specified)

    def _views(self) -> Iterator[Slice]:
        """A column for each read model: its tables, and the screens that show them."""
        tables = [t for t in self._sources.tables if not self._worker_of(t)]
        for keeper, kept in groupby(tables, lambda table: table.keeper):
            group = list(kept)
            specified = self._evidence.of_tables(*(table.name for table in group))
            name = (
                specified[0].module
                if specified
                else f"{app_of(group[0].model)}.{texts.snake(keeper)}"
            )
            shown = [t for t in self._screens if any(t.uses(table.model) for table in group)]
            boxes = [self._boxes.of_trigger(each, name) for each in shown]
            boxes += [self._boxes.of_table(each) for each in group]
            says = specified[0].says if specified else ""
            yield self._slice(name, Pattern.VIEW, says, boxes, [], specified)

    def _folds(self) -> Iterator[Slice]:
        for name, fold in self._sources.folds.items():
            shown = [t for t in self._screens if t.uses(fold)]
            boxes = [self._boxes.of_trigger(each, name) for each in shown]
            boxes.append(self._boxes.of_fold(name, fold))
            says = fold.__doc__ or ""
            yield self._slice(name, Pattern.VIEW, says, boxes, [], self._evidence.of_fold(fold))

    def _slice(
        self,
        name: str,
        pattern: Pattern,
        says: str,
        boxes: list[Box],
        commands: list[type[Command]],
        specified: Iterable[Specified] = (),
    ) -> Slice:
        examples = [self._evidence.example_of_command(each) for each in commands]
        of_commands = (s for each in commands for s in self._evidence.of_command(each))
        looked_at = (e for each in commands for e in self._evidence.looked_at_by(each))
        return Slice(
            name=name,
            title=texts.words(name),
            app=name.partition(".")[0],
            pattern=pattern,
            says=texts.sentence(says),
            boxes=tuple(boxes),
            boundary=tuple(dict.fromkeys(tag for each in examples for tag in boundary_of(each))),
            looks_at=tuple(dict.fromkeys(event_key(each) for each in looked_at)),
            specifications=tuple(told(each) for each in (*specified, *of_commands)),
        )

    # Events, each in the slice that is there to write it

    def _with_events(self, slices: list[Slice]) -> tuple[list[Slice], tuple[Box, ...]]:
        homes = {cls: self._home_of(cls, slices) for cls in self._sources.events}

        def living_in(home: str) -> tuple[Box, ...]:
            return tuple(self._boxes.of_event(cls) for cls in homes if homes[cls] == home)

        furnished = [replace(each, boxes=each.boxes + living_in(each.name)) for each in slices]
        return furnished, living_in("")

    def _home_of(self, cls: type[Event], slices: list[Slice]) -> str:
        """The slice whose first example writes it, else the first that ever does."""
        for how in (self._evidence.first_written_by, self._evidence.written_by):
            writers = {command_key(c) for c in self._sources.commands if cls in how(c)}
            for each in slices:
                if any(box.key in writers for box in each.of(Kind.COMMAND)):
                    return each.name
        return ""

    # Arrows

    def _arrows(self, slices: list[Slice]) -> Iterator[Arrow]:
        for each in slices:
            for box in each.of(Kind.SCREEN):
                yield from self._arrows_of_screen(box, each)
        for machine in self._machine_triggers:
            yield from self._arrows_of_machine(machine)
        for command in self._sources.commands:
            for cls in self._evidence.written_by(command):
                yield Arrow(command_key(command), event_key(cls))
        for table in self._sources.tables:
            for cls in table.events:
                yield Arrow(event_key(cls), table_key(table.name))
        for name, fold in self._sources.folds.items():
            for cls in self._evidence.folded_by(fold):
                yield Arrow(event_key(cls), table_key(name))

    def _arrows_of_screen(self, screen: Box, slice_: Slice) -> Iterator[Arrow]:
        """Only within its column: the same screen stands in others for what it does there."""
        trigger = next(each for each in self._screens if each.name == screen.name)
        for box in slice_.of(Kind.COMMAND):
            yield Arrow(screen.key, box.key)
        for box in slice_.of(Kind.READ_MODEL):
            if trigger.uses(box.code):
                yield Arrow(box.key, screen.key)

    def _arrows_of_machine(self, machine: Trigger) -> Iterator[Arrow]:
        key = self._boxes.of_trigger(machine, "").key
        for table in self._sources.tables:
            if machine.uses(table.model):
                yield Arrow(table_key(table.name), key)
        for command in self._sources.commands:
            if machine.uses(command):
                yield Arrow(key, command_key(command))

    # Who uses what

    @cached_property
    def _screens(self) -> list[Trigger]:
        """Views of one name are one screen."""
        merged: dict[str, Trigger] = {}
        for each in self._sources.triggers:
            if each.kind is Kind.SCREEN:
                first = merged.get(each.name)
                parts = first.parts + each.parts if first else each.parts
                merged[each.name] = replace(first or each, parts=parts)
        return list(merged.values())

    @cached_property
    def _machine_triggers(self) -> list[Trigger]:
        return [each for each in self._sources.triggers if each.kind is not Kind.SCREEN]

    def _machine_of(self, command: type[Command]) -> Trigger | None:
        """The first automation or translation that issues it, if no screen does."""
        if any(each.uses(command) for each in self._screens):
            return None
        return next((each for each in self._machine_triggers if each.uses(command)), None)

    def _worker_of(self, table: Table) -> Trigger | None:
        """The one automation whose to-do list it is, if nobody else looks at it."""
        looking = [each for each in self._sources.triggers if each.uses(table.model)]
        alone = len(looking) == 1 and looking[0].kind is Kind.AUTOMATION
        return looking[0] if alone else None


def _doc(code: object) -> str:
    return sys.modules[getattr(code, "__module__", __name__)].__doc__ or ""
