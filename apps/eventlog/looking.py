"""Looking at a boundary: what a decision, or a page about one thing, needs to know."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections

from apps.eventlog import events, wire
from apps.eventlog.commands import Boundary, History, Item, items_of, narrowest_of
from apps.eventlog.tags import Tag
from apps.eventlog.wire import as_array

LOOK = "SELECT eventlog_view(%s, %s, %s)"


type Receipt = tuple[str, str, int]  # actor, digest, position of a granted command


class View(NamedTuple):
    """What the log showed at one moment."""

    now: datetime
    log: str  # which one this is: it must not be taken for another
    receipt: Receipt | None
    history: History
    assumed: bool = False  # not looked at: see assuming.py


_answer = msgspec.json.Decoder(
    tuple[datetime, str, bool, Receipt | None, list[tuple[str, msgspec.Raw]] | None]
)


def look(boundary: Boundary, command_id: str = "") -> View:
    """The boundary's events in log order, the database's clock, and a receipt."""
    with connection.wrap_database_errors:
        [[answer]] = wire.ask(raw_connection(), LOOK, (command_id, *as_parameters(boundary)))
    now, log, standby, receipt, found = _answer.decode(answer)
    if standby:
        raise RuntimeError("this server is a standby: what it shows may be lost in a fail-over")
    history = [events.decode(name, data) for name, data in found or ()]
    return View(now.astimezone(UTC), log, receipt, history)


def as_parameters(boundary: Boundary) -> tuple[str, str | None]:
    """The narrowest tag of each item, and the items if any asks for more than that (else None)."""
    narrowest = as_array([tag.text for tag in narrowest_of(boundary)])
    if all(isinstance(item, Tag) or item == Item(item.tags[:1]) for item in boundary):
        return narrowest, None
    asked = [
        {
            "tags": [tag.text for tag in item.tags],
            "types": [name for cls in item.types for name in events.names_of(cls)] or None,
        }
        for item in items_of(boundary)
    ]
    return narrowest, msgspec.json.encode(asked).decode()


def raw_connection() -> psycopg.Connection[Any]:
    """Django's connection of this thread, alive, as psycopg's own."""
    ours = connections[DEFAULT_DB_ALIAS]  # `connection` looks it up at each mention
    ours.close_if_health_check_failed()
    ours.ensure_connection()
    raw: psycopg.Connection[Any] = ours.connection
    return raw
