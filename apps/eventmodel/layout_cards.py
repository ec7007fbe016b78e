"""Boxes, heads and specifications: their texts and how large they get, before they have a place."""

import math
from dataclasses import dataclass

from apps.eventmodel.layout_text import DATA, HEAD, NAME, SMALL, STRONG, Face, shorten, width, wrap
from apps.eventmodel.model import BoundaryTag, Box, Kind, Pattern, Slice, Told

PADDING = 14
LINE = 19
NARROWEST, WIDEST = 196, 300
ICON = 30  # what stands left of a machine's name


@dataclass(frozen=True)
class Line:
    """A line of text. x and y (its baseline) count from the corner of what it stands in."""

    x: int
    y: int
    words: str
    face: Face
    label: str = ""  # the part before the words, drawn weaker
    tone: str = ""  # how else it differs: "keyword", "refusal"


@dataclass(frozen=True)
class Sign:
    """A small mark: of a boundary's tag, of a specification, of a pattern's part."""

    x: int
    y: int
    kind: str  # "guarding", "gathering", "accepted", "refused"
    told: str = ""  # id of the specification


@dataclass(frozen=True)
class Card:
    width: int
    height: int
    lines: tuple[Line, ...]
    signs: tuple[Sign, ...] = ()
    rule: int = 0  # y of the line above a command's boundary


def card_of(box: Box, boundary: tuple[BoundaryTag, ...]) -> Card:
    """A box with its name, its example, and, of a command, its boundary."""
    tags = boundary if box.kind is Kind.COMMAND else ()
    indent = PADDING + (ICON if box.kind is Kind.AUTOMATION else 0)
    top = 34 + (16 if box.kind is Kind.SCREEN else 0)
    wide = _width(box, tags, indent)
    lines = [Line(indent, top - 8, shorten(box.title, NAME, wide - indent - PADDING), NAME)]
    for number, (label, value) in enumerate(_example(box)):
        y = top + 13 + number * LINE
        lines.append(_data(label, value, y, wide - indent - PADDING, indent))
    high = lines[-1].y + PADDING
    if not tags:
        return Card(wide, high, tuple(lines))
    for number, tag in enumerate(tags):
        y = high + 20 + number * LINE
        words = shorten(tag.name, DATA, wide - 2 * PADDING - 16)
        lines.append(Line(PADDING + 16, y, words, DATA))
    signs = tuple(
        Sign(PADDING + 4, high + 16 + number * LINE, "guarding" if tag.guarding else "gathering")
        for number, tag in enumerate(tags)
    )
    return Card(wide, lines[-1].y + PADDING - 2, tuple(lines), signs, rule=high)


def _width(box: Box, tags: tuple[BoundaryTag, ...], indent: int) -> int:
    needed = [width(box.title, NAME) + indent + PADDING]
    needed += [
        width(f"{label}  {value}", DATA) + indent + PADDING for label, value in _example(box)
    ]
    needed += [width(tag.name, DATA) + 2 * PADDING + 16 for tag in tags]
    return math.ceil(min(max(NARROWEST, *needed), WIDEST))


def _example(box: Box) -> tuple[tuple[str, str], ...]:
    """The example; of a box without one, its fields' names."""
    return box.example or tuple((field.name, "") for field in box.fields)


def _data(label: str, value: str, y: int, room: float, x: int) -> Line:
    label = shorten(label, DATA, room)
    left = room - width(f"{label}  ", DATA)
    return Line(x, y, shorten(value, DATA, left) if left > 20 else "", DATA, label)


def head_of(slice: Slice, number: int, wide: int) -> Card:
    """A slice's number, title and pattern, and what it is for."""
    title = shorten(f"{number}. {slice.title}", HEAD, wide)
    kinds = PATTERNS[slice.pattern]
    signs = tuple(Sign(9 + 22 * at, 61, kind) for at, kind in enumerate(kinds))
    lines = [
        Line(0, 42, title, HEAD),
        Line(22 * len(kinds) + 6, 66, f"{slice.pattern} · {slice.app}", SMALL),
    ]
    for number, words in enumerate(wrap(slice.says, SMALL, wide, 3)):
        lines.append(Line(0, HEAD_HEIGHT + 24 + number * 18, words, SMALL, tone="says"))
    return Card(wide, HEAD_HEIGHT + 78, tuple(lines), signs)


HEAD_HEIGHT = 82  # of the part that stays in sight
PATTERNS = {
    Pattern.CHANGE: ("screen", "command", "event"),
    Pattern.VIEW: ("event", "read-model", "screen"),
    Pattern.AUTOMATION: ("read-model", "automation", "command"),
    Pattern.TRANSLATION: ("outside", "automation", "command"),
}


def head_width(slice: Slice, number: int) -> int:
    return math.ceil(width(f"{number}. {slice.title}", HEAD))


KEYWORDS = 52  # the column in which given, when and then stand
GIVENS = 5  # so many lines of a specification's history are drawn


def specifications_of(slice: Slice, wide: int) -> Card:
    """The first in full, then the others' titles: what the slice does, and what it refuses."""
    if not slice.specifications:
        return Card(wide, 0, ())
    lines: list[Line] = []
    signs: list[Sign] = []
    first, *others = slice.specifications
    y = _title(first, PADDING + 14, wide, lines, signs)
    for keyword, words, tone in _steps(first):
        for number, part in enumerate(wrap(words, SMALL, wide - 2 * PADDING - KEYWORDS, 2)):
            if keyword and not number:
                lines.append(Line(PADDING, y, keyword, STRONG, tone="keyword"))
            lines.append(Line(PADDING + KEYWORDS, y, part, SMALL, tone=tone))
            y += LINE
    for told in others:
        y = _title(told, y + 9, wide, lines, signs)
    return Card(wide, y, tuple(lines), tuple(signs))


def _title(told: Told, y: int, wide: int, lines: list[Line], signs: list[Sign]) -> int:
    """One specification's mark and title; the right edge is left to how its last run went."""
    face, tone = (STRONG, "") if not lines else (SMALL, "")
    signs.append(Sign(PADDING + 6, y - 4, "refused" if told.rejected else "accepted", told.id))
    # The first one's outcome is told in full below it.
    text = f"{told.title} → {told.outcome}" if lines and told.outcome else told.title
    for words in wrap(text, face, wide - 2 * PADDING - 22 - 22, 3):
        lines.append(Line(PADDING + 22, y, words, face, tone=tone))
        y += LINE
    return y


def _steps(told: Told) -> list[tuple[str, str, str]]:
    """Keyword, text and tone of each line."""
    given = list(told.given)
    if len(given) > GIVENS:
        given[GIVENS - 1 :] = [f"… and {len(given) - GIVENS + 1} more"]
    steps = [("Given" if not number else "", each, "") for number, each in enumerate(given)]
    steps += [("When" if not number else "", each, "") for number, each in enumerate(told.when)]
    then = told.then or ("nothing happens",)
    tone = "refusal" if told.rejected else ""
    words = ("refused: " if told.rejected else "") + then[0]
    return [*steps, ("Then", words, tone), *(("", each, tone) for each in then[1:])]
