"""The event model in the JSON of Nebulit's event modeling tools."""

import inspect
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from apps.eventmodel import nebulit_shape as shape
from apps.eventmodel.model import Box, Kind, Model, Pattern, Slice
from apps.eventmodel.nebulit_fields import fields_of
from apps.eventmodel.nebulit_ids import id_of
from apps.eventmodel.nebulit_specifications import Boxes, specifications_of

# It knows no translation, and no other system but by its events. What turns another system's words
# into commands is at work on its own, as an automation is.
PATTERNS: dict[Pattern, shape.SliceType] = {
    Pattern.CHANGE: "STATE_CHANGE",
    Pattern.VIEW: "STATE_VIEW",
    Pattern.AUTOMATION: "AUTOMATION",
    Pattern.TRANSLATION: "AUTOMATION",
}
KINDS: dict[Kind, shape.ElementType] = {
    Kind.SCREEN: "SCREEN",
    Kind.OUTSIDE: "AUTOMATION",
    Kind.AUTOMATION: "AUTOMATION",
    Kind.COMMAND: "COMMAND",
    Kind.READ_MODEL: "READMODEL",
    Kind.EVENT: "EVENT",
}
type Dependencies = dict[str, tuple[shape.Dependency, ...]]  # by the box's key


def export(model: Model) -> bytes:
    """Pretty JSON, the same for the same model."""
    return msgspec.json.format(msgspec.json.encode(document(model)), indent=2) + b"\n"


def document(model: Model) -> shape.Document:
    dependencies, boxes = _dependencies(model), Boxes(model)
    return shape.Document(
        slices=tuple(
            _slice(index, each, dependencies, boxes) for index, each in enumerate(model.slices)
        )
    )


def _dependencies(model: Model) -> Dependencies:
    """Each arrow twice, once at either end. What is in no slice is left out."""
    boxes = {box.key: box for box in model.boxes()}
    found: defaultdict[str, list[shape.Dependency]] = defaultdict(list)
    drawn = (arrow for arrow in model.arrows if {arrow.source, arrow.target} <= boxes.keys())
    for arrow in dict.fromkeys(drawn):
        found[arrow.source].append(_dependency("OUTBOUND", boxes[arrow.target]))
        found[arrow.target].append(_dependency("INBOUND", boxes[arrow.source]))
    return {key: tuple(each) for key, each in found.items()}


def _dependency(direction: shape.Direction, other: Box) -> shape.Dependency:
    return shape.Dependency(
        id=id_of(other.key), type=direction, title=other.title, element_type=KINDS[other.kind]
    )


def _slice(index: int, slice_: Slice, dependencies: Dependencies, boxes: Boxes) -> shape.Slice:
    def elements(*kinds: Kind) -> tuple[shape.Element, ...]:
        return tuple(
            _element(box, slice_, dependencies.get(box.key, ())) for box in slice_.of(*kinds)
        )

    return shape.Slice(
        id=id_of(f"slice {slice_.name}"),
        index=index,
        title=slice_.title,
        context=slice_.app,
        slice_type=PATTERNS[slice_.pattern],
        status="Done",  # it was read from the code
        commands=elements(Kind.COMMAND),
        events=elements(Kind.EVENT),
        readmodels=elements(Kind.READ_MODEL),
        screens=elements(Kind.SCREEN),
        processors=elements(Kind.AUTOMATION, Kind.OUTSIDE),
        tables=(),
        specifications=tuple(specifications_of(slice_, boxes)),
        actors=tuple(_actors(slice_)),
    )


def _element(box: Box, slice_: Slice, dependencies: tuple[shape.Dependency, ...]) -> shape.Element:
    return shape.Element(
        id=id_of(box.key),
        group_id=id_of(f"{box.kind} {box.name}"),
        title=box.title,
        type=KINDS[box.kind],
        description=_description(box.code),
        slice=slice_.title,
        model_context=box.app,
        context="EXTERNAL" if box.kind is Kind.OUTSIDE else "INTERNAL",
        tags=_tags(slice_) if box.kind is Kind.COMMAND else (),
        fields=tuple(fields_of(box)),
        dependencies=dependencies,
        api_endpoint=dict(box.example).get("at", "") if box.kind is Kind.SCREEN else "",
    )


def _tags(slice_: Slice) -> tuple[str, ...]:
    """What a command decides by is no aggregate, but events by what they are about."""
    return tuple(dict.fromkeys(tag.name.partition(":")[0] for tag in slice_.boundary))


def _description(code: object) -> str:
    text = getattr(code, "__doc__", None) or ""
    # Django and dataclasses make up a text of the fields where there is none.
    made_up = text.startswith(f"{getattr(code, '__name__', '')}(")
    return "" if made_up else inspect.cleandoc(text)


def _actors(slice_: Slice) -> Iterator[shape.Actor]:
    """Moviegoers are never asked who they are; staff and other systems prove it."""
    boxes = {box.actor: box for box in slice_.of(Kind.SCREEN, Kind.OUTSIDE) if box.actor}
    for name, box in boxes.items():
        needs = box.kind is Kind.OUTSIDE or name == "Staff"
        yield shape.Actor(name=name, auth_required=needs)
