"""What a history of the catalog means."""

from datetime import datetime

from apps.catalog.events import AuditoriumAdded, MovieAdded, ScreeningScheduled
from apps.eventlog.commands import History, Rejected


def the_movie(history: History, movie: str) -> MovieAdded:
    for event in history:
        if isinstance(event, MovieAdded) and event.movie == movie:
            return event
    raise Rejected("That movie is not in the catalog. Add it first.")


def the_auditorium(history: History, auditorium: str) -> AuditoriumAdded:
    for event in history:
        if isinstance(event, AuditoriumAdded) and event.auditorium == auditorium:
            return event
    raise Rejected("That auditorium is not in the catalog. Add it first.")


def is_scheduled(history: History, screening: str) -> bool:
    return any(isinstance(e, ScreeningScheduled) and e.screening == screening for e in history)


def overlapping(
    history: History, auditorium: str, starts: datetime, ends: datetime
) -> ScreeningScheduled | None:
    """The first screening in the auditorium that shares a minute with [starts, ends)."""
    for event in history:
        if not isinstance(event, ScreeningScheduled) or event.auditorium != auditorium:
            continue
        if event.starts < ends and starts < event.ends:
            return event
    return None
