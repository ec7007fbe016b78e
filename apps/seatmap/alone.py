"""Seats side by side, and single ones that a choice leaves between others. Pure.

A seat is alone when it is free and no free seat is beside it: a taken one, an aisle, a wall, a
wheelchair space or a companion's seat is. Few people come by themselves, so it stays empty. The
places for wheelchair users and their companions are never alone: each is meant for one person.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from apps.catalog.plans import Place

type Seats = tuple[str, ...]
type Stretch = list[Place]


def stretches(places: Iterable[Place]) -> list[Stretch]:
    """The places, which come in a plan's order, parted where a row ends or one is missing."""
    found: list[Stretch] = []
    for place in places:
        last = found[-1][-1] if found else None
        if last and last.y == place.y and last.x + 1 == place.x:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def left_alone(places: Sequence[Place], taken: Collection[str], mine: Collection[str]) -> Seats:
    """The seats that are alone because of what is `mine`; not those that were so anyhow."""
    before = set(_alone(places, {*taken}))
    return tuple(seat for seat in _alone(places, {*taken, *mine}) if seat not in before)


def moved_along(places: Sequence[Place], taken: Collection[str], mine: Collection[str]) -> Seats:
    """As many seats as are `mine` that leave fewer alone, moved as little as possible; else ().

    Each of them stays in its stretch of free seats: nobody's choice is carried to another row.
    """
    others = {*taken} - {*mine}
    open_to_us = (p for p in places if p.kind == "seat" and p.seat not in others)
    moved = {
        seat: instead.seat
        for stretch in stretches(open_to_us)
        for seat, instead in _moves(stretch, [n for n, p in enumerate(stretch) if p.seat in mine])
    }
    if not moved:
        return ()
    chosen = {moved.get(seat, seat) for seat in mine}
    return tuple(place.seat for place in places if place.seat in chosen)


def _alone(places: Iterable[Place], gone: Collection[str]) -> Iterator[str]:
    free = (p for p in places if p.kind == "seat" and p.seat not in gone)
    return (stretch[0].seat for stretch in stretches(free) if len(stretch) == 1)


def _moves(stretch: Stretch, mine: Sequence[int]) -> Iterator[tuple[str, Place]]:
    """Each seat that is ours, with its better place, when there is one."""
    now = _holes(mine, len(stretch))
    if not now:
        return
    options = [(_holes(way, len(stretch)), _way(mine, way), way) for way in _ways(stretch, mine)]
    holes, _, way = min(options)
    if holes < now:
        yield from ((stretch[old].seat, stretch[new]) for old, new in zip(mine, way, strict=True))


def _ways(stretch: Stretch, mine: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All side by side, or one group of ours elsewhere among the rest."""
    groups = [mine, *_groups(mine)]
    for group in groups:
        rest = set(mine) - set(group)
        for start in range(len(stretch) - len(group) + 1):
            there = range(start, start + len(group))
            if rest.isdisjoint(there):
                yield tuple(sorted({*rest, *there}))


def _groups(mine: Sequence[int]) -> Iterator[Sequence[int]]:
    starts = [n for n, seat in enumerate(mine) if n == 0 or mine[n - 1] + 1 != seat]
    return (mine[a:b] for a, b in zip(starts, [*starts[1:], len(mine)], strict=True))


def _holes(mine: Sequence[int], length: int) -> int:
    """How many single free seats lie between ours and the stretch's ends."""
    edges = [-1, *mine, length]
    return sum(b - a == 2 for a, b in pairwise(edges)) if mine else 0


def _way(old: Sequence[int], new: Sequence[int]) -> int:
    return sum(abs(a - b) for a, b in zip(old, new, strict=True))
