"""What the catalog's facts are about."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from apps.eventlog.tags import Tag, gathering, guarding

Slug = gathering("slug")
Movie = guarding("movie")
Auditorium = guarding("auditorium")
AuditoriumName = gathering("auditorium-name")
AuditoriumDay = gathering("auditorium-day")
Schedule = guarding("schedule")


def slug_tag(slug: str) -> Tag:
    return Slug(_part(slug))


def auditorium_name_tag(name: str) -> Tag:
    """The same tag for names that a visitor would confuse: case and spacing do not count."""
    return AuditoriumName(_part(" ".join(name.casefold().split())))


def auditorium_days(auditorium: str, starts: datetime, ends: datetime) -> tuple[Tag, ...]:
    """One tag for every UTC day that [starts, ends) touches: overlapping screenings share one."""
    days = _days(starts.astimezone(UTC), ends.astimezone(UTC))
    return tuple(AuditoriumDay(auditorium, day) for day in days)


def _days(starts: datetime, ends: datetime) -> Iterator[str]:
    day = starts.date()
    yield day.isoformat()
    midnight = starts.replace(hour=0, minute=0, second=0, microsecond=0)
    while (midnight := midnight + timedelta(days=1)) < ends:
        yield midnight.date().isoformat()


def _part(text: str) -> str:
    # Refusing odd text is decide's business; its boundary has to be nameable before that.
    return re.sub(r"[/\x00]", "-", text) or "-"
