"""What a command is: a wish, the boundary it looks at, and its decision."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from apps.eventlog.events import Event
from apps.eventlog.tags import Tag

type Boundary = tuple[Tag, ...]
type History = Sequence[Event]


class Rejected(Exception):
    """A wish that cannot be granted, with the sentence that tells its sender why."""


class Command(msgspec.Struct, frozen=True):
    """A wish. `decide` is pure: the same history and time always give the same answer."""

    def boundary(self) -> Boundary:
        """The tags whose events decide; none of them may gain an event before ours are stored."""
        raise NotImplementedError

    def decide(self, history: History, now: datetime) -> list[Event]:
        """The events that grant the wish, [] when nothing has to happen, else raises Rejected.

        `history` holds the boundary's events in log order, `now` is the database's clock.
        """
        raise NotImplementedError
