"""From ways to lines: where their gutters lie once it is known how wide these have to be."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.eventmodel.layout_tracks import TRACK, Run, Tracks
from apps.eventmodel.layout_ways import Turn, Way

CORNER = 9
TIP = 9  # length of an arrow's head

type Point = tuple[int, int]


@dataclass(frozen=True)
class Rows:
    """Where lanes and the gutters above them lie."""

    gutters: Sequence[int]  # y of each gutter's first track
    tops: Sequence[int]  # y of each lane's boxes


@dataclass(frozen=True)
class Columns:
    lefts: Sequence[int]  # x of each column's boxes
    gutters: Sequence[int]  # x of the first track left of each


def runs_along(ways: Sequence[Way], lefts: Sequence[int], gutter_x: Sequence[int]) -> list[Run]:
    """What runs from left to right, in gutters between lanes."""
    runs: list[Run] = []
    for way in ways:
        start, end = lefts[way.source.column] + way.out_x, lefts[way.target.column] + way.in_x
        around = gutter_x[gutter_of(way)]
        match way.turn:
            case Turn.AT_TARGET:
                runs.append(_run(way, way.leaves, start, end))
            case Turn.AT_SOURCE:
                runs.append(_run(way, way.enters, start, end))
            case Turn.AROUND:
                runs.append(_run(way, way.leaves, start, around))
                runs.append(_run(way, way.enters, around, end))
    return runs


def _run(way: Way, gutter: int, start: int, end: int) -> Run:
    """So ordered that of two that leave side by side neither has to cross the other's line."""
    outward = way.upward == (start <= end)
    order = (0 if start <= end else 1, start if outward else -start)
    return Run(gutter, way.arrow.source, min(start, end), max(start, end), order)


def runs_across(ways: Sequence[Way]) -> list[Run]:
    """What runs up and down, in gutters between columns; counted in lanes."""
    return [
        Run(
            gutter_of(way),
            way.arrow.source,
            100 * min(way.leaves, way.enters),
            100 * max(way.leaves, way.enters),
            (way.source.column, 0),
        )
        for way in ways
        if way.turn is Turn.AROUND
    ]


def gutter_of(way: Way) -> int:
    """Left of the target's column; what comes from the right stays on that side of it."""
    return way.target.column + (0 if way.rightward else 1)


class Router:
    def __init__(self, rows: Rows, columns: Columns, along: Tracks, across: Tracks) -> None:
        self.rows, self.columns = rows, columns
        self.along, self.across = along, across

    def points(self, way: Way) -> list[Point]:
        if way.turn is Turn.BESIDE:
            return self._beside(way)
        start = self.columns.lefts[way.source.column] + way.out_x
        end = self.columns.lefts[way.target.column] + way.in_x
        first, last = (start, self._edge(way, leaving=True)), (end, self._edge(way, leaving=False))
        if way.turn is Turn.STRAIGHT:
            return [first, last]
        if way.turn is Turn.AROUND:
            return [first, *self._around(way, start, end), last]
        y = self._y(way, way.enters if way.turn is Turn.AT_SOURCE else way.leaves)
        return [first, (start, y), (end, y), last]

    def _around(self, way: Way, start: int, end: int) -> list[Point]:
        gutter = gutter_of(way)
        x = self.columns.gutters[gutter] + TRACK * self.across[gutter, way.arrow.source]
        upper, lower = self._y(way, way.leaves), self._y(way, way.enters)
        return [(start, upper), (x, upper), (x, lower), (end, lower)]

    def _y(self, way: Way, gutter: int) -> int:
        return self.rows.gutters[gutter] + TRACK * self.along[gutter, way.arrow.source]

    def _edge(self, way: Way, *, leaving: bool) -> int:
        """y of the side of the box at which the arrow starts or ends."""
        spot = way.source if leaving else way.target
        upper = way.upward == leaving and way.source.lane != way.target.lane
        top = self.rows.tops[spot.lane]
        return top if upper else top + spot.card.height

    def _beside(self, way: Way) -> list[Point]:
        left = self.columns.lefts[way.source.column]
        y = self.rows.tops[way.source.lane] + 28
        if way.source.left < way.target.left:
            return [(left + way.source.right, y), (left + way.target.left, y)]
        return [(left + way.source.left, y), (left + way.target.right, y)]


class Trunks:
    """What arrows of one source share is drawn once: thin lines in one place make a thick one."""

    def __init__(self) -> None:
        self._reached: dict[tuple[Point, Point, bool], int] = {}

    def rest(self, points: Sequence[Point]) -> Sequence[Point]:
        """What is still to be drawn of an arrow, once those before it are."""
        if len(points) < 4 or points[1][1] != points[2][1]:
            return points
        start, turn, (end, y), *after = points
        right = end > turn[0]
        key = start, turn, right
        reached = self._reached.get(key)
        if reached is None:
            self._reached[key] = end
            return points
        nearer = min(reached, end) - CORNER if right else max(reached, end) + CORNER
        self._reached[key] = max(reached, end) if right else min(reached, end)
        return [(nearer, y), (end, y), *after]


def path(points: Sequence[Point]) -> str:
    """An SVG path with rounded corners."""
    corners = [
        point for point, near in zip(points, [None, *points[:-1]], strict=True) if point != near
    ]
    drawn = f"M{corners[0][0]} {corners[0][1]}"
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        size = min(CORNER, _far(before, corner) // 2, _far(corner, after) // 2)
        enter, leave = _towards(corner, before, size), _towards(corner, after, size)
        drawn += f"L{enter[0]} {enter[1]}Q{corner[0]} {corner[1]} {leave[0]} {leave[1]}"
    return f"{drawn}L{corners[-1][0]} {corners[-1][1]}"


def tip(points: Sequence[Point]) -> str:
    """The arrow's head, as a path."""
    before, end = next(point for point in points[::-1] if point != points[-1]), points[-1]
    back = _towards(end, before, TIP)
    across = (0, 5) if back[1] == end[1] else (5, 0)
    one = back[0] + across[0], back[1] + across[1]
    other = back[0] - across[0], back[1] - across[1]
    return f"M{end[0]} {end[1]}L{one[0]} {one[1]}L{other[0]} {other[1]}z"


def _far(one: Point, other: Point) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, distance: int) -> Point:
    def step(here: int, there: int) -> int:
        return here + (there > here) * distance - (there < here) * distance

    return step(start[0], end[0]), step(start[1], end[1])
