"""Which box stands in which column and lane, and where within its column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from apps.eventmodel.layout_cards import Card, card_of, head_width
from apps.eventmodel.model import Box, Kind, Model, Slice

BETWEEN = 28  # boxes beside one another
NARROWEST = 300  # so that specifications can be read


class Band(Enum):
    SCREENS, MACHINES, MIDDLE, EVENTS = range(4)


class Lane(NamedTuple):
    band: Band
    whose: str  # an actor's, an app's


@dataclass(frozen=True)
class Spot:
    """A box in its column: lane and column by number, left from the column's edge."""

    box: Box
    card: Card
    column: int
    lane: int
    left: int

    @property
    def right(self) -> int:
        return self.left + self.card.width


def lane_of(box: Box) -> Lane:
    match box.kind:
        case Kind.SCREEN:
            return Lane(Band.SCREENS, box.actor)
        case Kind.OUTSIDE | Kind.AUTOMATION:
            return Lane(Band.MACHINES, "")
        case Kind.EVENT:
            return Lane(Band.EVENTS, box.app)
        case _:
            return Lane(Band.MIDDLE, "")


def lanes_of(model: Model) -> list[Lane]:
    """From top to bottom; within a band in the order in which the story comes to them."""
    found = dict.fromkeys(lane_of(box) for box in model.boxes())
    return sorted(found, key=lambda lane: lane.band.value)


def widths_of(model: Model) -> list[int]:
    """How wide each column is, without what is left free between columns."""
    return [
        max(NARROWEST, head_width(each, number), *(_width(cell) for cell in _cells(each).values()))
        for number, each in enumerate(model.slices, 1)
    ]


def spots_of(model: Model, lanes: list[Lane], widths: list[int]) -> Iterator[Spot]:
    """Every box in the middle of its column; several of one lane beside one another."""
    for column, each in enumerate(model.slices):
        for lane, cell in _cells(each).items():
            left = (widths[column] - _width(cell)) // 2
            for box, card in cell:
                yield Spot(box, card, column, lanes.index(lane), left)
                left += card.width + BETWEEN


type Cell = list[tuple[Box, Card]]


def _cells(slice: Slice) -> dict[Lane, Cell]:
    cells: dict[Lane, Cell] = {}
    for box in sorted(slice.boxes, key=_outside_first):
        cells.setdefault(lane_of(box), []).append((box, card_of(box, slice.boundary)))
    return cells


def _outside_first(box: Box) -> bool:
    """The other system stands left of the machine that listens to it, what is read of what asks."""
    return box.kind not in (Kind.OUTSIDE, Kind.READ_MODEL)


def _width(cell: Iterable[tuple[Box, Card]]) -> int:
    cards = [card for _, card in cell]
    return sum(card.width for card in cards) + BETWEEN * (len(cards) - 1)
