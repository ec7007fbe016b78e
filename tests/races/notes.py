"""Facts and wishes that are about nothing, for races about the log itself."""

from collections.abc import Callable, Sequence
from datetime import datetime

from apps.eventlog.commands import Boundary, Command, History, Item, Rejected
from apps.eventlog.events import Event, event
from apps.eventlog.tags import Tag, gathering

Topic = gathering("test-topic")


@event("test.Noted")
class Noted(Event, frozen=True):
    topics: tuple[str, ...]

    def tags(self) -> tuple[Tag, ...]:
        return tuple(Topic(topic) for topic in self.topics)


@event("test.Struck")
class Struck(Event, frozen=True):
    topics: tuple[str, ...]

    def tags(self) -> tuple[Tag, ...]:
        return tuple(Topic(topic) for topic in self.topics)


def unless_there_is_one(items: Sequence[Tag | Item], *events: Event) -> Command:
    """A command that appends `events` if its boundary is empty."""

    def decide(history: History) -> list[Event]:
        if history:
            raise Rejected("There is one already.")
        return list(events)

    return command(items, decide)


def command(items: Sequence[Tag | Item], decide: Callable[[History], list[Event]]) -> Command:
    """A command of that boundary which decides so."""

    class Wish(Command, frozen=True):
        def boundary(self) -> Boundary:
            return tuple(items)

        def decide(self, history: History, now: datetime) -> list[Event]:
            return decide(history)

    return Wish()
