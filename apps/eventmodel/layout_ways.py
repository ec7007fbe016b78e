"""Which way each arrow takes: where it leaves and enters its boxes, which gutters it runs in.

Gutters lie above each lane (number 0 above the first) and left of each column. Nothing here knows
how wide they get; that depends on how many arrows run in them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property

from apps.eventmodel.layout_places import Spot
from apps.eventmodel.model import Arrow

APART = 14  # of two arrows at one box
EDGE = 16  # of an arrow from a box's corner


class Turn(Enum):
    STRAIGHT = auto()
    BESIDE = auto()  # from side to side of neighbours
    AT_TARGET = auto()  # along the source's gutter, then down or up the target's column
    AT_SOURCE = auto()  # down or up the source's column, then along the target's gutter
    AROUND = auto()  # both are blocked: through the gutter left of the target's column


@dataclass(frozen=True)
class Way:
    arrow: Arrow
    source: Spot
    target: Spot
    turn: Turn = Turn.AT_TARGET
    out_x: int = 0  # from the edge of the source's column
    in_x: int = 0  # from the edge of the target's column

    @property
    def upward(self) -> bool:
        return self.target.lane < self.source.lane

    @property
    def leaves(self) -> int:
        """The gutter between lanes that it comes to first."""
        return self.source.lane if self.upward else self.source.lane + 1

    @property
    def enters(self) -> int:
        """The one that it comes to last."""
        return self.target.lane if self.target.lane > self.source.lane else self.target.lane + 1

    @property
    def rightward(self) -> bool:
        return self.source.column <= self.target.column


class Ways:
    """Finds them all, the straight ones first: they are the story's spine."""

    def __init__(self, spots: Sequence[Spot], arrows: Iterable[Arrow]) -> None:
        self.by_key = {spot.box.key: spot for spot in spots}
        self.cells: dict[tuple[int, int], list[Spot]] = defaultdict(list)
        for spot in spots:
            self.cells[spot.column, spot.lane].append(spot)
        self.taken: dict[int, set[int]] = defaultdict(set)  # x of arrows, by column
        self.asked = [
            Way(arrow, self.by_key[arrow.source], self.by_key[arrow.target])
            for arrow in dict.fromkeys(arrows)
            if arrow.source in self.by_key and arrow.target in self.by_key
        ]

    @cached_property
    def found(self) -> list[Way]:
        ways = [self._short(way) for way in self.asked]
        ways = self._with_ins(ways)
        ways = self._with_outs(ways)
        return [self._turned(way) for way in ways]

    def _short(self, way: Way) -> Way:
        """Straight, where the two stand above one another or side by side; else as it was."""
        source, target = way.source, way.target
        if source.column != target.column:
            return way
        if source.lane == target.lane:
            return replace(way, turn=Turn.BESIDE) if self._neighbours(source, target) else way
        low, high = max(source.left, target.left), min(source.right, target.right)
        for x in _near((low + high) // 2, low + EDGE, high - EDGE):
            if self._free(x, source.column, source.lane, target.lane) and self._spare(source, x):
                self.taken[source.column].add(x)
                return replace(way, turn=Turn.STRAIGHT, out_x=x, in_x=x)
        return way

    def _neighbours(self, one: Spot, other: Spot) -> bool:
        cell = self.cells[one.column, one.lane]
        return abs(cell.index(one) - cell.index(other)) == 1

    def _free(self, x: int, column: int, lane: int, other: int) -> bool:
        """Whether nothing stands at x between the two lanes."""
        between = range(min(lane, other) + 1, max(lane, other))
        spots = (spot for each in between for spot in self.cells.get((column, each), ()))
        return not any(spot.left - EDGE < x < spot.right + EDGE for spot in spots)

    def _spare(self, spot: Spot, x: int, apart: int = APART) -> bool:
        return all(abs(x - each) >= apart for each in self.taken[spot.column])

    def _take(self, spot: Spot, wanted: int) -> int:
        """The x nearest to the wanted one that no other arrow of the column has."""
        for apart in (APART, APART // 2, 2, 0):
            for x in _near(wanted, spot.left + EDGE, spot.right - EDGE):
                if self._spare(spot, x, apart):
                    self.taken[spot.column].add(x)
                    return x
        raise AssertionError("two arrows nought apart always fit")

    def _with_ins(self, ways: list[Way]) -> list[Way]:
        """An entry for each arrow, in an order in which few have to cross."""
        sides: dict[tuple[str, bool], list[Way]] = defaultdict(list)
        for way in _unplaced(ways):
            sides[way.arrow.target, way.upward].append(way)
        entries: dict[Arrow, int] = {}
        for (_, upward), side in sides.items():
            side.sort(key=_from_upper_left)
            ordered = _left_then_right(side if upward else side[::-1])
            for number, way in enumerate(ordered):
                middle = (way.target.left + way.target.right) // 2
                wanted = middle + round((number - (len(side) - 1) / 2) * (APART + 2))
                entries[way.arrow] = self._take(way.target, wanted)
        return [replace(way, in_x=entries.get(way.arrow, way.in_x)) for way in ways]

    def _with_outs(self, ways: list[Way]) -> list[Way]:
        """One exit a side of a box: its arrows leave as one line."""
        sides: dict[tuple[str, bool], list[Way]] = defaultdict(list)
        for way in _unplaced(ways):
            sides[way.arrow.source, way.upward].append(way)
        exits: dict[Arrow, int] = {}
        for side in sides.values():
            spot = side[0].source
            right = sum(way.rightward for way in side) * 2 >= len(side)
            share = 0.82 if right else 0.18
            x = self._take(spot, round(spot.left + spot.card.width * share))
            exits.update((way.arrow, x) for way in side)
        return [replace(way, out_x=exits.get(way.arrow, way.out_x)) for way in ways]

    def _turned(self, way: Way) -> Way:
        if way.turn in (Turn.STRAIGHT, Turn.BESIDE) or way.leaves == way.enters:
            return way
        source, target = way.source, way.target
        if self._free(way.in_x, target.column, source.lane, target.lane):
            return way
        if self._free(way.out_x, source.column, source.lane, target.lane):
            return replace(way, turn=Turn.AT_SOURCE)
        return replace(way, turn=Turn.AROUND)


def _unplaced(ways: Iterable[Way]) -> list[Way]:
    return [way for way in ways if way.turn not in (Turn.STRAIGHT, Turn.BESIDE)]


def _near(wanted: int, low: int, high: int) -> Iterable[int]:
    """Every x from low to high, the nearest to the wanted first."""
    return sorted(range(low, high + 1, 2), key=lambda x: abs(x - wanted))


def _from_upper_left(way: Way) -> tuple[int, int]:
    return way.source.lane, way.source.column


def _left_then_right(side: Sequence[Way]) -> list[Way]:
    left = [way for way in side if way.rightward]
    right = [way for way in side if not way.rightward]
    return left + right[::-1]
