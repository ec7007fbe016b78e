"""Look into the log from a terminal: search it, follow it."""

import json
import os
import re
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.color import no_style
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.utils import timezone

from apps.eventlog import events
from apps.eventlog.models import StoredEvent
from apps.eventlog.pokes import Waker
from apps.eventlog.reading import Reader, final_mark

POLL = 1.0  # seconds
SHOWN = 20  # events, if nobody says how many
WIDTH = 100  # characters of an event's data
ID = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{24}\b")


class Command(BaseCommand):
    help = (
        "Searches the log and follows it. A line has position, local time, type, tags and the "
        "beginning of the data, ids by their first eight digits; --json has all of it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--tag", nargs="+", action="append", default=[], help="all of these; again: or those")
        add("--type", action="append", default=[], help="of this type; again: or of that")
        add("--after", type=int, help="from this position on, instead of the last ones")
        add("--limit", type=int, help=f"at most so many; {SHOWN}, or with --after all")
        add("--follow", action="store_true", help="then wait for more, until Ctrl-C")
        add("--json", action="store_true", help="an object a line, with everything stored")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["force_color"] or self.stdout.isatty()):
            self.style = no_style()
        wanted = StoredEvent.objects.filter(_tagged(options["tag"]), _typed(options["type"]))
        show = self._as_json if options["json"] else self._as_line
        try:
            for event in _found(wanted, **options):
                self.stdout.write(show(event))
                self.stdout.flush()
        except KeyboardInterrupt:
            pass
        except BrokenPipeError:
            # Whoever read has had enough. Python would complain once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())

    def _as_line(self, event: StoredEvent) -> str:
        data = json.dumps(event.data, ensure_ascii=False)
        parts = (
            f"{event.position:>8}",
            self.style.HTTP_NOT_MODIFIED(f"{timezone.localtime(event.recorded_at):%F %T}"),
            self.style.SUCCESS(event.type),
            self.style.HTTP_INFO(_short(" ".join(event.tags))),
            _clipped(_short(data)),
        )
        return "  ".join(parts)

    def _as_json(self, event: StoredEvent) -> str:
        stored = {
            "position": event.position,
            "type": event.type,
            "tags": event.tags,
            "data": event.data,
            "metadata": event.metadata,
            "recorded_at": event.recorded_at.isoformat(),
        }
        return json.dumps(stored, ensure_ascii=False)


def _tagged(uses: list[list[str]]) -> Q:
    condition = Q()
    for tags in uses:
        condition |= Q(tags__contains=tags)
    return condition


def _typed(names: list[str]) -> Q:
    known = {name: cls for cls in events.types.values() for name in events.names_of(cls)}
    if unknown := [name for name in names if name not in known]:
        raise CommandError(
            f"No event is called {unknown[0]!r}. There are {', '.join(sorted(known))}."
        )
    stored = [each for name in names for each in events.names_of(known[name])]
    return Q(type__in=stored) if stored else Q()


def _found(
    wanted: QuerySet[StoredEvent],
    *,
    after: int | None,
    limit: int | None,
    follow: bool,
    tag: list[list[str]],
    **others: Any,
) -> Iterator[StoredEvent]:
    # By the plain position PostgreSQL might walk the whole log for a tag that hardly ever occurs.
    position = F("position") + 0 if tag else F("position")
    if follow:
        mark = final_mark() if after is None else after
        if after is None:
            yield from _last(wanted.filter(position__lte=mark), position, limit)
        yield from _followed(wanted, mark)
    elif after is None:
        yield from _last(wanted, position, limit)
    else:
        yield from wanted.filter(position__gt=after).order_by(position)[:limit].iterator()


def _last(
    wanted: QuerySet[StoredEvent], position: F | CombinedExpression, limit: int | None
) -> Iterator[StoredEvent]:
    return reversed(wanted.order_by(position.desc())[: SHOWN if limit is None else limit])


def _followed(wanted: QuerySet[StoredEvent], after: int) -> Iterator[StoredEvent]:
    """For ever. The reader settles what comes when; what it is, is looked up."""
    reader, waker = Reader(after, types=()), Waker()
    while True:
        batch = [position for position, _ in reader.read()]
        if batch:
            yield from wanted.filter(position__in=batch).order_by("position")
        else:
            waker.wait(POLL)


def _short(text: str) -> str:
    return ID.sub(r"\1…", text)


def _clipped(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
