"""Seat plans typed as rows of text: `A ####..####` is row A with a gap; an empty row, a gangway.

`#` is a seat, `w` a wheelchair space, `c` the seat of a companion beside one, `.` a gap. All but
gaps are numbered from 1, left to right, in each row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.eventlog.commands import Rejected

MAX_WIDTH = 38
MAX_ROWS = 26
MAX_SEATS = 500
GAP = "."
KINDS = {"#": "seat", "w": "wheelchair", "c": "companion"}


@dataclass(frozen=True, slots=True)
class Place:
    """A seat and where it stands: x and y count from 1, y counts gangways too.

    `kind` is "seat", "wheelchair" (a space without a chair) or "companion" (beside one).
    """

    seat: str
    row: str
    number: int
    x: int
    y: int
    kind: str = "seat"


def parse(plan: Sequence[str]) -> tuple[Place, ...]:
    """The seats, front to back and left to right. Rejected names the row and what is wrong."""
    if len(plan) > 2 * MAX_ROWS:
        raise Rejected(
            "The plan has {lines} lines; {most} are the most.", lines=len(plan), most=2 * MAX_ROWS
        )
    rows = [(y, *_split(y, line)) for y, line in enumerate(plan, start=1) if line.strip()]
    _check_names([name for _, name, _ in rows])
    places = tuple(place for y, name, cells in rows for place in _row(y, name, cells))
    if len(places) > MAX_SEATS:
        raise Rejected(
            "The plan has {seats} seats; {most} are the most.", seats=len(places), most=MAX_SEATS
        )
    return places


def width(plan: Sequence[str]) -> int:
    """How many cells the widest row has."""
    return max((len(line.split(" ", 1)[1].rstrip()) for line in plan if line.strip()), default=0)


def tidy(text: str) -> tuple[str, ...]:
    """A plan as typed, without the empty lines around it and the blanks at line ends."""
    lines = [line.rstrip() for line in text.splitlines()]
    used = [y for y, line in enumerate(lines) if line]
    return tuple(lines[used[0] : used[-1] + 1]) if used else ()


def _split(y: int, line: str) -> tuple[str, str]:
    name, blank, cells = line.rstrip().partition(" ")
    if not (name.isascii() and name.isalpha() and name.isupper() and len(name) <= 2):
        raise Rejected(
            "Line {line}: start with the row's name, one or two capital letters.", line=y
        )
    if not blank or not cells:
        raise Rejected("Row {row}: put one blank and then the seats after its name.", row=name)
    return name, cells


def _check_names(names: Sequence[str]) -> None:
    if not names:
        raise Rejected("The plan is empty: give it at least one row of seats.")
    if len(names) > MAX_ROWS:
        raise Rejected(
            "The plan has {rows} rows; {most} are the most.", rows=len(names), most=MAX_ROWS
        )
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Rejected("Row {row} is there twice: give every row a name of its own.", row=twice)


def _row(y: int, name: str, cells: str) -> Iterator[Place]:
    if len(cells) > MAX_WIDTH:
        raise Rejected(
            "Row {row} is {cells} cells wide; {most} are the most.",
            row=name,
            cells=len(cells),
            most=MAX_WIDTH,
        )
    if odd := next((cell for cell in cells if cell not in KINDS and cell != GAP), None):
        raise Rejected(
            "Row {row}: {odd} is neither a seat (#, w or c) nor a gap (.).",
            row=name,
            odd=repr(odd),
        )
    seats = [(x, KINDS[cell]) for x, cell in enumerate(cells, start=1) if cell != GAP]
    if not seats:
        raise Rejected("Row {row} has no seat: give it one, or leave its line empty.", row=name)
    for number, (x, kind) in enumerate(seats, start=1):
        yield Place(f"{name}{number}", name, number, x, y, kind)
