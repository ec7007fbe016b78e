"""Traces put together: everything that followed from one wish is one story. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from itertools import count

import msgspec

from apps.eventlog.traces import Trace

MAX_STORIES = 30
MAX_LINES = 80  # of one story
MAX_POSITIONS = 5000  # whose stories are remembered


@dataclass
class Story:
    """One click and what came of it, in the order of time."""

    correlation: str
    number: int  # of its arrival
    lines: list[Trace] = field(default_factory=list)

    @property
    def key(self) -> str:
        """A name for its element. The correlation itself is nobody's business."""
        return blake2s(self.correlation.encode(), digest_size=6).hexdigest()

    @property
    def wish(self) -> Trace:
        """The command that began it; or of what was seen of it, the first line."""
        return next((line for line in self.lines if line.kind == "command"), self.lines[0])

    @property
    def milliseconds(self) -> float:
        """What its steps took, without the waiting between them."""
        return sum(line.milliseconds or 0 for line in self.lines)

    def add(self, trace: Trace) -> None:
        if len(self.lines) < MAX_LINES:
            self.lines.append(trace)
            self.lines.sort(key=lambda line: line.at)


class Stories:
    """The newest stories. Only what someone wished begins one; what follows finds it."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}
        self._correlations: dict[int, str] = {}
        self._numbers = count(1)

    def learn(self, correlations: Mapping[int, str]) -> None:
        """Remember to which story these positions belong."""
        self._correlations.update(correlations)
        _keep_newest(self._correlations, MAX_POSITIONS)

    def unknown(self, traces: Iterable[Trace]) -> set[int]:
        """Positions whose stories would have to be looked up."""
        asked = (trace.positions for trace in traces if not trace.correlation)
        return {position for each in asked for position in each} - self._correlations.keys()

    def take(self, traces: Iterable[Trace]) -> list[Story]:
        """Add these lines to their stories; the stories that have changed, the newest last."""
        changed = {}
        for trace in traces:
            for story in self._of(trace):
                changed[story.correlation] = story
        _keep_newest(self._stories, MAX_STORIES)
        kept = [story for name, story in changed.items() if name in self._stories]
        return sorted(kept, key=lambda story: story.number)

    def _of(self, trace: Trace) -> Iterator[Story]:
        if trace.correlation:
            yield self._told_by(trace)
            return
        by_story: dict[str, list[int]] = {}
        for position in trace.positions:
            by_story.setdefault(self._correlations.get(position, ""), []).append(position)
        for correlation, positions in by_story.items():
            if correlation in self._stories:
                theirs = msgspec.structs.replace(trace, positions=tuple(positions))
                self._stories[correlation].add(theirs)
                yield self._stories[correlation]

    def _told_by(self, trace: Trace) -> Story:
        name = trace.correlation
        if name not in self._stories:
            self._stories[name] = Story(name, next(self._numbers))
        self._stories[name].add(trace)
        return self._stories[name]


def _keep_newest[K, V](entries: dict[K, V], most: int) -> None:
    while len(entries) > most:
        del entries[next(iter(entries))]
