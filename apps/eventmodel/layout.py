"""Where everything of the picture goes: pure geometry, the same for the same model."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apps.eventmodel.layout_cards import Card, head_of, specifications_of
from apps.eventmodel.layout_places import Lane, Spot, lanes_of, spots_of, widths_of
from apps.eventmodel.layout_routes import (
    Columns,
    Point,
    Router,
    Rows,
    Trunks,
    path,
    runs_across,
    runs_along,
    tip,
)
from apps.eventmodel.layout_tracks import TRACK, Run, tracks_of
from apps.eventmodel.layout_ways import Way, Ways
from apps.eventmodel.model import Arrow, Box, Kind, Model, Slice

NAMES = 148  # width of the lanes' names, left of everything
HEAD = 146  # height of the columns' heads
ROOM = 44  # between columns, before any arrow runs there
CUT = 9  # from the line between two columns to the first arrow right of it
EMPTY, ABOVE, BELOW = 18, 16, 22  # height of a gutter without arrows; left free round its tracks


@dataclass(frozen=True)
class PlacedBox:
    box: Box
    card: Card
    x: int
    y: int


@dataclass(frozen=True)
class PlacedSlice:
    slice: Slice
    number: int
    left: int  # of the column, which has no gaps to the next
    width: int
    x: int  # of what stands in it
    head: Card
    boxes: tuple[PlacedBox, ...]
    specifications: Card
    specifications_y: int


@dataclass(frozen=True)
class PlacedLane:
    lane: Lane | None  # none: the specifications'
    y: int
    height: int


@dataclass(frozen=True)
class PlacedArrow:
    arrow: Arrow
    points: tuple[Point, ...]
    path: str
    rest: str  # the path without what an arrow before it has drawn
    tip: str
    kind: str  # "writes": a command an event; "feeds": an event what is read; else ""
    back: bool  # to the left: what it feeds stands earlier in the story


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    told: int  # y at which the specifications begin
    lanes: tuple[PlacedLane, ...]
    slices: tuple[PlacedSlice, ...]
    arrows: tuple[PlacedArrow, ...]


def picture_of(model: Model) -> Picture:
    lanes, widths = lanes_of(model), widths_of(model)
    spots = list(spots_of(model, lanes, widths))
    ways = Ways(spots, model.arrows).found
    across, across_counts = tracks_of(runs_across(ways))
    columns = _columns(widths, across_counts)
    along, along_counts = tracks_of(_along(ways, columns))
    rows, end = _rows(spots, len(lanes), along_counts)
    router = Router(rows, columns, along, across)
    slices = tuple(_slices(model, spots, widths, columns, rows, end))
    bottom = max((each.specifications.height for each in slices), default=0) + end + ABOVE + BELOW
    return Picture(
        columns.lefts[-1],
        bottom,
        end,
        tuple(_lanes(lanes, rows, end, bottom)),
        slices,
        tuple(_arrows(ways, router)),
    )


def _columns(widths: Sequence[int], counts: dict[int, int]) -> Columns:
    lefts, gutters, x = [], [], NAMES
    for number, width in enumerate([*widths, 0]):
        gutters.append(x + ROOM // 2 + CUT // 2)
        x += ROOM + TRACK * counts.get(number, 0)
        lefts.append(x)
        x += width
    return Columns(lefts, gutters)


def _along(ways: Sequence[Way], columns: Columns) -> list[Run]:
    return runs_along(ways, columns.lefts, columns.gutters)


def _rows(spots: Iterable[Spot], lanes: int, counts: dict[int, int]) -> tuple[Rows, int]:
    """And where the last lane ends."""
    heights = [0] * lanes
    for spot in spots:
        heights[spot.lane] = max(heights[spot.lane], spot.card.height)
    gutters, tops, y = [], [], HEAD
    for number, height in enumerate([*heights, 0]):
        gutters.append(y + ABOVE)
        tracks = counts.get(number, 0)
        y += ABOVE + BELOW + TRACK * (tracks - 1) if tracks else EMPTY
        tops.append(y)
        y += height + EMPTY
    return Rows(gutters, tops), y - EMPTY


def _slices(
    model: Model,
    spots: Sequence[Spot],
    widths: Sequence[int],
    columns: Columns,
    rows: Rows,
    end: int,
) -> Iterator[PlacedSlice]:
    for column, (each, wide) in enumerate(zip(model.slices, widths, strict=True)):
        x = columns.lefts[column]
        left = columns.gutters[column] - CUT if column else NAMES
        right = columns.gutters[column + 1] - CUT
        boxes = (
            PlacedBox(spot.box, spot.card, x + spot.left, rows.tops[spot.lane])
            for spot in spots
            if spot.column == column
        )
        yield PlacedSlice(
            each,
            column + 1,
            left,
            right - left,
            x,
            head_of(each, column + 1, wide),
            tuple(boxes),
            specifications_of(each, wide),
            end + ABOVE,
        )


def _lanes(lanes: Sequence[Lane], rows: Rows, end: int, bottom: int) -> Iterator[PlacedLane]:
    edges = [*(gutter - ABOVE for gutter in rows.gutters[:-1]), end]
    for lane, (start, stop) in zip(lanes, pairwise(edges), strict=True):
        yield PlacedLane(lane, start, stop - start)
    yield PlacedLane(None, end, bottom - end)


def _arrows(ways: Sequence[Way], router: Router) -> Iterator[PlacedArrow]:
    """Those to the right first: where both kinds share a line, it is a solid one."""
    trunks = Trunks()
    for way in sorted(ways, key=lambda way: not way.rightward):
        points = router.points(way)
        yield _arrow(way, points, trunks.rest(points))


def _arrow(way: Way, points: Sequence[Point], rest: Sequence[Point]) -> PlacedArrow:
    kinds = {way.target.box.kind: "writes", way.source.box.kind: "feeds"}
    back = way.target.column < way.source.column
    kind = kinds.get(Kind.EVENT, "")
    return PlacedArrow(way.arrow, tuple(points), path(points), path(rest), tip(points), kind, back)
