"""Seats for one party: side by side, and near some point of the room. Pure.

What counts, in this order: that the party is in as few parts as possible; that no single seat is
left beside it (see alone.py), wherever in the room that leads; that its parts are near each other
and near the point. Everything is a whole number, so that equal places are equal everywhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import accumulate
from typing import NamedTuple

from apps.catalog.plans import Place
from apps.seatmap.alone import Stretch, stretches

ROW = 2  # a row is about twice as deep as a seat is wide
CLOSENESS = 4  # how much more it counts to be near each other than to be near the point
TRIED = 4  # stretches around which a party that must split is gathered by way of trial
AMONG = 10  # stretches that are looked at for each of these


class Point(NamedTuple):
    """In sixths of a cell: the middle of a row and two thirds of the rows are whole numbers."""

    x: int
    y: int


class Part(NamedTuple):
    """Some seats side by side. Parts of equal worth are told apart by where they begin."""

    alone: int  # single seats that are left at its ends
    cost: int
    y: int
    x: int
    size: int
    places: tuple[Place, ...]


type Parts = tuple[Part, ...]


def together(offered: Iterable[Place], count: int, point: Point) -> list[Place]:
    """`count` of the places offered, of which there must be so many."""
    runs = stretches(offered)
    whole = (p for run in runs if len(run) >= count for p in _parts(run, [count], point))
    part = min(whole, default=None)
    chosen = (part,) if part else _split(runs, count, point)
    return [place for part in chosen for place in part.places]


def distance(place: Place, point: Point) -> int:
    """Squared, so that a party of several would rather be near than have one seat spot on."""
    x, y = 6 * place.x - point.x, ROW * (6 * place.y - point.y)
    return x * x + y * y


def middle(places: Sequence[Place]) -> Point:
    count = len(places)
    return Point(sum(6 * p.x for p in places) // count, sum(6 * p.y for p in places) // count)


def _parts(run: Stretch, sizes: Iterable[int], point: Point) -> Iterator[Part]:
    """For each size the best way to sit side by side in a stretch of free seats."""
    costs = list(accumulate((distance(place, point) for place in run), initial=0))
    for size in sizes:
        last = len(run) - size
        alone, cost, start = min(
            (_ends_alone(start, last), costs[start + size] - costs[start], start)
            for start in range(last + 1)
        )
        yield Part(alone, cost, run[0].y, run[start].x, size, tuple(run[start : start + size]))


def _ends_alone(start: int, last: int) -> int:
    """How many single seats are left when a part begins there and could at `last` at the latest."""
    return (start == 1) + (start == last - 1)


def _split(runs: Sequence[Stretch], count: int, point: Point) -> Parts:
    """In as few parts as can be; of those, gathered around each of some places, the best."""
    fewest, biggest = _fewest(runs, count)
    centres = [(middle(run), run) for run in runs]
    big = [centre for centre, run in centres if len(run) >= biggest]
    ways = [_gathered(runs, count, fewest, point)]  # leaves no more alone than any other
    for around in nsmallest(TRIED, big, key=lambda centre: (_apart(centre, point), centre)):
        near = nsmallest(AMONG, centres, key=lambda each: (_apart(each[0], around), each[0]))
        ways.append(_gathered([run for _, run in near], count, fewest, around))
    return min((_worth(parts, point), parts) for parts in ways if parts)[1]


def _fewest(runs: Sequence[Stretch], count: int) -> tuple[int, int]:
    """How many parts it takes, and the size that the biggest of them has at least."""
    seated = 0
    for parts, size in enumerate(sorted(map(len, runs), reverse=True), start=1):
        seated += size
        if seated >= count:
            return parts, -(-count // parts)
    raise ValueError(f"{seated} seats are no room for {count}")


def _gathered(runs: Sequence[Stretch], count: int, fewest: int, around: Point) -> Parts:
    """The parts, each of another stretch, that leave fewest seats alone; then those nearest.

    Two parts of one stretch would be one part, so a stretch gives one or none. () when it takes
    more parts than `fewest`.
    """
    kept: dict[tuple[int, int], tuple[int, int, Parts]] = {(0, 0): (0, 0, ())}
    for options in _options(runs, count - fewest + 1, fewest, around):
        for (parts, seats), (alone, cost, chosen) in list(kept.items()):
            for part in options:
                key = parts + 1, seats + part.size
                if key[0] <= fewest and key[1] <= count:
                    more = alone + part.alone, cost + part.cost, (*chosen, part)
                    kept[key] = min(kept.get(key, more), more)
    return kept[fewest, count][2] if (fewest, count) in kept else ()


def _options(
    runs: Sequence[Stretch], biggest: int, fewest: int, around: Point
) -> Iterator[list[Part]]:
    """The best part of each size that a stretch can give, for the stretches that matter.

    Of any size only the best few matter: the other parts of a party can occupy no more of them.
    """
    best = [list(_parts(run, range(1, min(biggest, len(run)) + 1), around)) for run in runs]
    matter = {
        number
        for size in range(biggest)
        for _, number in nsmallest(
            fewest,
            ((parts[size], number) for number, parts in enumerate(best) if size < len(parts)),
        )
    }
    return (best[number] for number in sorted(matter))


def _worth(parts: Parts, point: Point) -> tuple[int, int]:
    places = [place for part in parts for place in part.places]
    own = middle(places)
    spread = sum(distance(place, own) for place in places)
    off = sum(distance(place, point) for place in places)
    return sum(part.alone for part in parts), CLOSENESS * spread + off


def _apart(here: Point, there: Point) -> int:
    x, y = here.x - there.x, ROW * (here.y - there.y)
    return x * x + y * y
