"""What the specifications say: who writes what, who looks at what, and examples of everything."""

from collections.abc import Iterable, Iterator, Sequence

from apps.eventlog.commands import Command, Rejected
from apps.eventlog.events import Event
from apps.eventlog.folding import Fold
from apps.eventlog.specifications import (
    NOON,
    AnySpecification,
    AutomationSpecification,
    FoldSpecification,
    Specification,
    TableSpecification,
)
from apps.eventmodel import texts
from apps.eventmodel.model import Told
from apps.eventmodel.sources import Specified

MOST_LINES = 8  # of what was given: a history may be long


class Evidence:
    """All specifications, by what they are about."""

    def __init__(self, specified: Sequence[Specified]) -> None:
        self.all = specified

    def of_command(self, command: type[Command]) -> list[Specified]:
        return [
            s
            for s in self.all
            if isinstance(s.data, Specification) and type(s.data.when) is command
        ]

    def of_automation(self, name: str) -> list[Specified]:
        return [
            s
            for s in self.all
            if isinstance(s.data, AutomationSpecification) and s.data.runs == name
        ]

    def of_tables(self, *names: str) -> list[Specified]:
        return [
            s for s in self.all if isinstance(s.data, TableSpecification) and s.data.table in names
        ]

    def of_fold(self, fold: Fold) -> list[Specified]:
        return [
            s for s in self.all if isinstance(s.data, FoldSpecification) and s.data.fold is fold
        ]

    def example_of_command(self, command: type[Command]) -> Command | None:
        for each in self.of_command(command):
            assert isinstance(each.data, Specification)
            return each.data.when
        return None

    def written_by(self, command: type[Command]) -> list[type[Event]]:
        """In the order in which its specifications first write them."""
        return _types(e for s in self.of_command(command) for e in written(s.data))

    def first_written_by(self, command: type[Command]) -> list[type[Event]]:
        """By the first of its specifications: what it is there for."""
        return _types(e for s in self.of_command(command)[:1] for e in written(s.data))

    def looked_at_by(self, command: type[Command]) -> list[type[Event]]:
        return _types(e for s in self.of_command(command) for e in s.data.given)

    def folded_by(self, fold: Fold) -> list[type[Event]]:
        return _types(e for s in self.of_fold(fold) for e in s.data.given)

    def example_of_event(self, cls: type[Event]) -> Event | None:
        """One that a command has just written, as in the command's own example, tells most."""
        commands_first = sorted(self.all, key=lambda s: not isinstance(s.data, Specification))
        just_written = (e for s in commands_first for e in written(s.data))
        given = (e for s in self.all for e in s.data.given)
        return next((e for e in (*just_written, *given) if type(e) is cls), None)

    def row_of(self, table: str) -> dict[str, str]:
        """The fullest first row that a specification shows."""
        shown = (s.data for s in self.of_tables(table))
        rows = [d.rows[0] for d in shown if isinstance(d, TableSpecification) and d.rows]
        return texts.record(max(rows, key=len)) if rows else {}

    def folded_example(self, fold: Fold) -> dict[str, str]:
        for each in self.of_fold(fold):
            if isinstance(each.data, FoldSpecification) and texts.is_record(each.data.then):
                return texts.record(each.data.then)
        return {}


def written(specification: AnySpecification) -> Sequence[Event]:
    if isinstance(specification, Specification | AutomationSpecification):
        return () if isinstance(specification.then, Rejected) else specification.then
    return ()


def _types(events: Iterable[Event]) -> list[type[Event]]:
    return list(dict.fromkeys(type(each) for each in events))


def told(each: Specified) -> Told:
    """A specification in lines of text."""
    data = each.data
    return Told(
        id=f"{each.module}: {each.title}",
        title=each.title,
        given=tuple(_given(data.given)),
        when=tuple(_when(data)),
        then=tuple(_then(data)),
        rejected=isinstance(data, Specification) and isinstance(data.then, Rejected),
        data=data,
        outcome=_outcome(data),
    )


def _outcome(data: AnySpecification) -> str:
    if not isinstance(data, Specification | AutomationSpecification):
        return ""
    if isinstance(data.then, Rejected):
        return ""
    return ", ".join(dict.fromkeys(type(each).__name__ for each in data.then)) or "nothing"


def _given(events: Sequence[Event]) -> Iterator[str]:
    yield from (texts.line(each) for each in events[:MOST_LINES])
    if len(events) > MOST_LINES:
        yield f"and {len(events) - MOST_LINES} more"


def _when(data: AnySpecification) -> Iterator[str]:
    match data:
        case Specification(when=command, at=at):
            yield texts.line(command)
            if at != NOON:
                yield f"at {texts.value(at)}"
        case AutomationSpecification(runs=name):
            yield f"{name} runs"
        case FoldSpecification(fold=fold, arguments=arguments):
            yield " ".join([texts.words(fold.__name__), *(texts.value(each) for each in arguments)])


def _then(data: AnySpecification) -> Iterator[str]:
    match data:
        case Specification(then=Rejected() as rejection):
            yield str(rejection)
        case TableSpecification(table=table, rows=rows):
            yield from (f"{table}: {_pairs(texts.record(row))}" for row in rows)
            if not rows:
                yield f"no {table}"
        case FoldSpecification(then=shown):
            yield _pairs(texts.record(shown)) if texts.is_record(shown) else texts.value(shown)
        case _:
            events = written(data)
            yield from (texts.line(each) for each in events)
            if not events:
                yield "nothing"


def _pairs(record: dict[str, str]) -> str:
    return ", ".join(f"{name} {text}" for name, text in record.items() if text)
