"""Which seats to offer: the best ones together, the nearest ones, none that are kept. Pure."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from apps.catalog.plans import MAX_WIDTH, Place
from apps.seatmap.alone import Seats, left_alone, stretches
from apps.seatmap.together import Point, distance, middle, together

WHEELCHAIR = "wheelchair"
# In the order in which they are given to people who need neither: a space has no chair.
RANK = {"seat": 0, "companion": 1, WHEELCHAIR: 2}


def best(
    places: Sequence[Place],
    taken: Collection[str],
    count: int,
    needs: str = "",
    mine: Collection[str] = (),
) -> Seats:
    """The best `count` seats that are still free, together with those that are `mine`.

    In plan order; () when fewer are free. `needs` "wheelchair" gives one wheelchair space (() when
    none is free), companions' seats beside it and then seats near it. Next to a space, or to seats
    that are ours already, being side by side comes before leaving no single seat.
    """
    free = [p for p in places if p.seat not in taken and p.seat not in mine]
    own = [place for place in places if place.seat in mine]
    if not 0 < count <= len(free):
        return ()
    ideal = _ideal(places)
    begun = _begun(free, own, count, needs, ideal)
    if begun is None:
        return ()
    chosen = {place.seat for place in _filled(begun, free, own, count, ideal)}
    return tuple(place.seat for place in places if place.seat in chosen)


def reserved(places: Sequence[Place], taken: Collection[str], wanted: Collection[str]) -> Seats:
    """The wanted places that are kept for those who need them, because others would be left.

    Companions' seats are the first to go when all seats are gone, wheelchair spaces the last.
    """
    left = [RANK[p.kind] for p in places if p.seat not in taken and p.seat not in wanted]
    least = min(left, default=len(RANK))
    return tuple(p.seat for p in places if p.seat in wanted and RANK[p.kind] > least)


def neighbours(
    places: Sequence[Place], taken: Collection[str], lost: Collection[str], count: int = 3
) -> Seats:
    """Up to `count` free places like the lost ones: those of their rows first, nearest first."""
    gone = [place for place in places if place.seat in lost]
    kinds, rows = {place.kind for place in gone}, {place.y for place in gone}
    offered = [
        (place.y not in rows, min(distance(place, middle([other])) for other in gone), n)
        for n, place in enumerate(places)
        if place.kind in kinds and place.seat not in taken and place.seat not in lost
    ]
    return tuple(places[n].seat for *_, n in sorted(offered)[:count])


def beside(places: Sequence[Place], seat: str, others: Collection[str]) -> bool:
    """Whether the seat is right beside one of the others."""
    near = {
        (place.x + step, place.y) for place in places if place.seat in others for step in (-1, 1)
    }
    return any((place.x, place.y) in near for place in places if place.seat == seat)


def _ideal(places: Sequence[Place]) -> Point:
    """The middle of the screen, two thirds of the rows back.

    By custom a cinema's sound is balanced for that place, and from there the whole picture is in
    view without turning the head. Cells count from 1, and the screen is as wide as the room.
    """
    front, back = places[0].y, places[-1].y
    return Point(3 * (1 + max(place.x for place in places)), 6 * front + 4 * (back - front))


def _begun(
    free: Sequence[Place], own: Sequence[Place], count: int, needs: str, ideal: Point
) -> list[Place] | None:
    """Those that must be side by side; the others follow. None when what is needed is gone."""
    with_space = any(place.kind == WHEELCHAIR for place in own)
    if needs != WHEELCHAIR or with_space:
        groups = [g for g in _groups(free, own, count, ideal) if with_space or not g.missing]
        return min(groups).places if groups else []
    point = middle(own) if own else ideal
    spaces = [place for place in free if place.kind == WHEELCHAIR]
    groups = [g for each in spaces for g in _groups(free, [each], count - 1, point)]
    return min(groups).places if groups else None


def _filled(
    begun: list[Place], free: Sequence[Place], own: Sequence[Place], count: int, ideal: Point
) -> list[Place]:
    """Up to `count`: seats, and what is kept for others only when all seats are in."""
    chosen = list(begun)
    for kind in RANK:
        if not (missing := count - len(chosen)):
            break
        names = {place.seat for place in chosen}
        offered = [p for p in free if p.kind == kind and p.seat not in names]
        point = middle([*own, *chosen]) if own or chosen else ideal
        chosen += together(offered, missing, point) if len(offered) > missing else offered
    return chosen


class _Group(NamedTuple):
    """Free places side by side with some that are settled: what is better is less."""

    missing: int  # people who must sit elsewhere
    apart: int  # minus the companions' seats that are used
    alone: int
    cost: int
    y: int
    x: int
    places: list[Place]  # the free ones


def _groups(
    free: Sequence[Place], settled: Sequence[Place], more: int, point: Point
) -> Iterator[_Group]:
    """Every way for up to `more` people to be side by side with all that is settled."""
    rows, fixed = {place.y for place in settled}, {place.seat for place in settled}
    if len(rows) != 1:
        return
    here = [place for place in free if place.y in rows]
    usable = [*_usable(here, settled), *(place for place in settled if place not in here)]
    for stretch in stretches(sorted(usable, key=lambda place: place.x)):
        size = min(len(settled) + more, len(stretch))
        for start in range(len(stretch) - size + 1):
            window = stretch[start : start + size]
            seats = {place.seat for place in window}
            if fixed <= seats:
                yield _Group(
                    len(settled) + more - size,
                    -sum(place.kind == "companion" for place in window),
                    len(left_alone(stretch, fixed, seats)),
                    sum(distance(place, point) for place in window),
                    window[0].y,
                    window[0].x,
                    [place for place in window if place in here],
                )


def _usable(free: Sequence[Place], settled: Sequence[Place]) -> Iterator[Place]:
    """What is settled and still free, seats, and companions' seats of the spaces settled on.

    A companion's seat that is nearer to another free space is left to that one.
    """
    ours = [place for place in settled if place.kind == WHEELCHAIR]
    others = [place for place in free if place.kind == WHEELCHAIR and place not in ours]
    for place in free:
        companions = place.kind == "companion" and _off(place, ours) <= _off(place, others)
        if place in settled or place.kind == "seat" or (ours and companions):
            yield place


def _off(place: Place, others: Sequence[Place]) -> int:
    """How far the nearest of the others in its row is; farther than any if there is none."""
    return min((abs(other.x - place.x) for other in others), default=MAX_WIDTH)
