"""What there is to say of one slice: its fields, its code, its events' schemas."""

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.eventmodel.model import Box, Field, Kind, Slice, Told

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Row:
    field: Field
    example: str


@dataclass(frozen=True)
class BoxDetails:
    box: Box
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Source:
    path: str
    code: str


@dataclass(frozen=True)
class Details:
    boxes: tuple[BoxDetails, ...]
    events: tuple[Box, ...]
    told: tuple[tuple[Told, str], ...]  # with "passed", "failed" or ""
    sources: tuple[Source, ...]


def details_of(slice: Slice, outcomes: dict[str, str]) -> Details:
    return Details(
        tuple(_box(box) for box in slice.boxes),
        tuple(slice.of(Kind.EVENT)),
        tuple((told, outcomes.get(told.id, "")) for told in slice.specifications),
        tuple(_sources(slice)),
    )


def _box(box: Box) -> BoxDetails:
    example = dict(box.example)
    return BoxDetails(box, tuple(Row(each, example.get(each.name, "")) for each in box.fields))


def _sources(slice: Slice) -> list[Source]:
    """The code of the boxes, a module once; within it in the order in which it is written."""
    parts: dict[str, dict[int, str]] = {}
    for box in slice.boxes:
        if part := _source(box.code):
            path, line, code = part
            parts.setdefault(path, {})[line] = code
    return [
        Source(path, "\n\n".join(found[line].rstrip() for line in sorted(found)))
        for path, found in parts.items()
    ]


def _source(code: Any) -> tuple[str, int, str] | None:
    """Its file, line and text; of what has none, such as Django's own admin pages, nothing."""
    code = inspect.unwrap(code) if callable(code) else code
    try:
        lines, line = inspect.getsourcelines(code)
        path = Path(inspect.getsourcefile(code) or "")
    except (TypeError, OSError):
        return None
    if not path.is_relative_to(REPOSITORY):
        return None
    return str(path.relative_to(REPOSITORY)), line, "".join(lines)
