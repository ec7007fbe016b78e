"""Specifications in Nebulit's words: steps that give examples of elements."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from apps.eventlog.commands import Rejected
from apps.eventlog.specifications import (
    AnySpecification,
    AutomationSpecification,
    FoldSpecification,
    Specification,
    TableSpecification,
)
from apps.eventmodel import nebulit_shape as shape
from apps.eventmodel import texts
from apps.eventmodel.model import Box, Kind, Model, Slice, Told
from apps.eventmodel.nebulit_fields import fields_told
from apps.eventmodel.nebulit_ids import id_of

NOTHING = shape.Comment(description="Nothing happens.")


class Boxes:
    """The boxes of a model, found by what specifications have in hand."""

    def __init__(self, model: Model) -> None:
        self._by_name = {(box.kind, box.name): box for box in model.boxes()}
        self._by_code = {id(box.code): box for box in model.boxes() if box.code is not None}

    def drawn_from(self, code: object) -> Box | None:
        return self._by_code.get(id(code))

    def automation(self, name: str) -> Box | None:
        return self._by_name.get((Kind.AUTOMATION, name))

    def table(self, label: str) -> Box | None:
        return self._by_name.get((Kind.READ_MODEL, label))


class Case(NamedTuple):
    """A specification without its given events: they are the same in all kinds of them."""

    subject: Box | None
    when: list[shape.Step]
    then: list[shape.Step]


def specifications_of(slice_: Slice, boxes: Boxes) -> Iterator[shape.Specification]:
    for told in slice_.specifications:
        yield _specification(told, slice_, boxes)


def _specification(told: Told, slice_: Slice, boxes: Boxes) -> shape.Specification:
    spec_id = id_of(f"specification {told.id}")
    subject, when, then = _case(told.data, slice_, boxes)
    given = [_event(event, boxes) for event in told.data.given]
    return shape.Specification(
        id=spec_id,
        slice_name=slice_.title,
        title=told.title,
        linked_id=id_of(subject.key if subject else f"slice {slice_.name}"),
        given=_numbered(given, f"{spec_id}-given"),
        when=_numbered(when, f"{spec_id}-when"),
        then=_numbered(then, f"{spec_id}-then"),
        comments=() if then else (NOTHING,),
    )


def _numbered(steps: list[shape.Step], name: str) -> tuple[shape.Step, ...]:
    return tuple(
        msgspec.structs.replace(step, id=f"{name}-{n}", index=n) for n, step in enumerate(steps)
    )


def _case(data: AnySpecification, slice_: Slice, boxes: Boxes) -> Case:
    match data:
        case Specification():
            when = _example("SPEC_COMMAND", data.when, boxes)
            return Case(boxes.drawn_from(type(data.when)), [when], _outcome(data.then, boxes))
        case AutomationSpecification():
            return Case(boxes.automation(data.runs), [], _outcome(data.then, boxes))
        case TableSpecification():
            box = boxes.table(data.table) or _read_model(slice_)
            return Case(box, [], _shown(box, data.table, data.rows))
        case FoldSpecification():
            box = boxes.drawn_from(data.fold) or _read_model(slice_)
            return Case(box, [], _shown(box, data.fold.__name__, _rows(data.then)))


def _read_model(slice_: Slice) -> Box | None:
    """A view's specifications are of its read model, by whichever of its tables they name it."""
    return next(slice_.of(Kind.READ_MODEL), None)


def _outcome(then: tuple[Any, ...] | Rejected, boxes: Boxes) -> list[shape.Step]:
    if isinstance(then, Rejected):
        return [shape.Step(id="", index=0, title=str(then), type="SPEC_ERROR")]
    return [_event(event, boxes) for event in then]


def _event(event: object, boxes: Boxes) -> shape.Step:
    return _example("SPEC_EVENT", event, boxes)


def _example(kind: shape.StepType, record: object, boxes: Boxes) -> shape.Step:
    """Of an event or a command."""
    box = boxes.drawn_from(type(record))
    return _step(kind, box, type(record).__name__, texts.record(record))


def _shown(box: Box | None, name: str, rows: tuple[Any, ...]) -> list[shape.Step]:
    """A step a row of a read model. Without any, one that says so."""
    if not rows:
        return [msgspec.structs.replace(_step("SPEC_READMODEL", box, name), expect_empty_list=True)]
    return [_step("SPEC_READMODEL", box, name, _by_name(row)) for row in rows]


def _rows(shown: object) -> tuple[Any, ...]:
    if shown is None:
        return ()
    return tuple(shown) if isinstance(shown, list | tuple) else (shown,)


def _by_name(row: object) -> dict[str, str]:
    named = isinstance(row, Mapping) or texts.is_record(row)
    return texts.record(row) if named else {"value": texts.value(row)}


def _step(
    kind: shape.StepType, box: Box | None, name: str, values: Mapping[str, str] | None = None
) -> shape.Step:
    box = box or Box(key="", kind=Kind.EVENT, name=name, title=name, app="")  # drawn nowhere
    return shape.Step(
        id="",
        index=0,
        title=box.title,
        type=kind,
        linked_id=id_of(box.key),
        fields=tuple(fields_told(box, values or {})),
    )
