"""Where a believable audience sits: in parties side by side, near the middle first."""

from collections.abc import Iterator
from functools import cache
from random import Random

from apps.catalog import plans
from apps.catalog.plans import Place

SIZES, OFTEN = [1, 2, 3, 4, 5, 6, 8], [14, 48, 12, 16, 4, 5, 1]
BEST_ROW = 0.62  # of the way back
KEPT_FREE = 9.0  # what it costs to take a place that others need more
LOOKED_AT = 6  # places a party compares before it chooses: nobody looks at all

type Party = tuple[str, ...]


def parties(plan: tuple[str, ...], share: float, chance: Random) -> Iterator[Party]:
    """Seats of parties that fill about `share` of the plan (all of it with 1)."""
    free = {place.seat for place in plans.parse(plan)}
    target = round(len(free) * share)
    while target > 0:
        size = min(target, *chance.choices(SIZES, OFTEN))
        party = _best(plan, size, free, chance)
        free.difference_update(party)
        target -= len(party)
        yield party


def _best(plan: tuple[str, ...], size: int, free: set[str], chance: Random) -> Party:
    """The best free seats side by side, fewer than `size` where that many are nowhere."""
    possible = [(cost, party) for cost, party in _places(plan, size) if free.issuperset(party)]
    if not possible:
        return _best(plan, size - 1, free, chance)
    looked_at = chance.sample(possible, min(LOOKED_AT, len(possible)))
    return min(looked_at)[1]


@cache
def _places(plan: tuple[str, ...], size: int) -> list[tuple[float, Party]]:
    """Every run of `size` seats side by side, and how far it is from the best place."""
    places = plans.parse(plan)
    runs = (places[n : n + size] for n in range(len(places) - size + 1))
    width, depth = plans.width(plan), len(plan)
    return [(_cost(run, width, depth), tuple(p.seat for p in run)) for run in runs if _joined(run)]


def _joined(run: tuple[Place, ...]) -> bool:
    return run[0].row == run[-1].row and run[-1].x - run[0].x == len(run) - 1


def _cost(run: tuple[Place, ...], width: int, depth: int) -> float:
    x = (run[0].x + run[-1].x) / 2
    aside = abs(x - (width + 1) / 2) / width
    off_row = abs(run[0].y - (1 + BEST_ROW * (depth - 1))) / depth
    kept_free = KEPT_FREE * any(place.kind != "seat" for place in run)
    return 2 * aside + 1.5 * off_row + kept_free
