"""Rooms drawn as text, for tests of what the map suggests; the screen is above the first row.

`#` is a free seat, `w` a free wheelchair space, `c` a free companion's seat, `.` an aisle. `x`, `W`
and `C` are the same, taken by others; `m` is ours. Rows are called A, B, …; an empty line is a
gangway. `o` marks what was chosen.
"""

from collections.abc import Collection
from typing import NamedTuple

from apps.catalog.plans import Place, parse

KIND = str.maketrans("xmWC", "##wc")


class Room(NamedTuple):
    lines: tuple[str, ...]
    places: tuple[Place, ...]
    taken: frozenset[str]
    mine: frozenset[str]

    def with_chosen(self, seats: Collection[str]) -> tuple[str, ...]:
        """The drawing, with these seats as `o`."""
        at = {(place.x, place.y) for place in self.places if place.seat in seats}
        return tuple(
            "".join("o" if (x, y) in at else cell for x, cell in enumerate(line, start=1))
            for y, line in enumerate(self.lines, start=1)
        )


def drawn(*lines: str) -> Room:
    rows = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    plan = [f"{next(rows)} {line.translate(KIND)}" if line else "" for line in lines]
    places = parse(plan)

    def marked(marks: str) -> frozenset[str]:
        return frozenset(p.seat for p in places if lines[p.y - 1][p.x - 1] in marks)

    return Room(lines, places, marked("xWC"), marked("m"))
