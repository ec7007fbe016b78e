"""Looking at a boundary: what a decision, or a page about one thing, needs to know."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
import psycopg
from django.db import connection

from apps.eventlog import events
from apps.eventlog.commands import Boundary, items_of
from apps.eventlog.events import Event

LOOK = "SELECT * FROM eventlog_look(%s, %s, %s)"


class View(NamedTuple):
    """What the log showed at one moment."""

    now: datetime
    receipt: tuple[str, str, int] | None  # actor, digest, position of a granted command
    history: list[Event]


def look(boundary: Boundary, command_id: str = "") -> View:
    """The boundary's events in log order, the database's clock, and a receipt."""
    parameters = (command_id, *as_parameters(boundary))
    with connection.wrap_database_errors:
        rows = raw_connection().execute(LOOK, parameters).fetchall()
    now, in_recovery, actor, digest, position, *_ = rows[0]
    if in_recovery:
        raise RuntimeError("this server is a standby: what it shows may be lost in a fail-over")
    history = [events.decode(name, data) for *_, name, data in rows if name is not None]
    return View(now, None if actor is None else (actor, digest, position), history)


def as_parameters(boundary: Boundary) -> tuple[str, str | None]:
    """The narrowest tag of each item, and the items if any asks for more than that (else None)."""
    items = items_of(boundary)
    narrowest = as_array([item.tags[0].text for item in items])
    if all(len(item.tags) == 1 and not item.types for item in items):
        return narrowest, None
    asked = [
        {
            "tags": [tag.text for tag in item.tags],
            "types": [name for cls in item.types for name in events.names_of(cls)] or None,
        }
        for item in items
    ]
    return narrowest, msgspec.json.encode(asked).decode()


def as_array(texts: Iterable[str]) -> str:
    """PostgreSQL's own notation of an array. psycopg finds it too, in several times the time."""
    escaped = [text.replace("\\", "\\\\").replace('"', '\\"') for text in texts]
    return "{" + ",".join([f'"{text}"' for text in escaped]) + "}"


def raw_connection() -> psycopg.Connection[Any]:
    """Django's connection of this thread, alive, as psycopg's own."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw
