"""Looking at the log by tags: what a decision, or a page about one thing, needs to know."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from django.db import connection

from apps.eventlog import events
from apps.eventlog.events import Event
from apps.eventlog.tags import Tag

# The receipt, the clock and the events in one statement, so from one snapshot.
LOOK = """
SELECT statement_timestamp(), pg_is_in_recovery(), r.actor, r.digest, r.position, e.type, e.data
FROM (VALUES (1)) AS always
LEFT JOIN eventlog_receipt AS r ON r.command_id = %s
LEFT JOIN eventlog_event AS e ON e.tags && %s::text[]
ORDER BY e.position
"""


class View(NamedTuple):
    """What the log showed at one moment."""

    now: datetime
    receipt: tuple[str, str, int] | None  # actor, digest, position of a granted command
    history: list[Event]


def look(tags: Sequence[Tag], command_id: str = "") -> View:
    """The events with any of these tags, in log order, the database's clock, and a receipt."""
    with connection.wrap_database_errors:
        rows = raw_connection().execute(LOOK, (command_id, [tag.text for tag in tags])).fetchall()
    now, in_recovery, actor, digest, position, *_ = rows[0]
    if in_recovery:
        raise RuntimeError("this server is a standby: what it shows may be lost in a fail-over")
    history = [events.decode(name, data) for *_, name, data in rows if name is not None]
    return View(now, None if actor is None else (actor, digest, position), history)


def raw_connection() -> psycopg.Connection[Any]:
    """Django's connection of this thread, alive, as psycopg's own."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw
