"""Tracks: the parallel lines of a gutter. Each source has one to itself for as long as it runs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

TRACK = 10  # from one to the next
CLEAR = 14  # between two that follow one another on one track


@dataclass(frozen=True)
class Run:
    """That an arrow of `source` runs in a gutter from `low` to `high`."""

    gutter: int
    source: str
    low: int
    high: int
    order: tuple[int, int]  # who comes first gets the first track that is free


type Tracks = dict[tuple[int, str], int]


def tracks_of(runs: Iterable[Run]) -> tuple[Tracks, dict[int, int]]:
    """The track of each source in each gutter, and how many tracks each gutter has."""
    tracks: Tracks = {}
    occupied: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    for run in sorted(_joined(runs), key=lambda run: (run.gutter, run.order, run.source)):
        track = 0
        while any(
            run.low < high + CLEAR and low < run.high + CLEAR
            for low, high in occupied[run.gutter, track]
        ):
            track += 1
        occupied[run.gutter, track].append((run.low, run.high))
        tracks[run.gutter, run.source] = track
        counts[run.gutter] = max(counts[run.gutter], track + 1)
    return tracks, counts


def _joined(runs: Iterable[Run]) -> list[Run]:
    """One run a source and gutter, as long as all of its arrows there need."""
    of_source: dict[tuple[int, str], list[Run]] = defaultdict(list)
    for run in runs:
        of_source[run.gutter, run.source].append(run)
    return [
        Run(
            gutter,
            source,
            min(run.low for run in found),
            max(run.high for run in found),
            min(run.order for run in found),
        )
        for (gutter, source), found in of_source.items()
    ]
