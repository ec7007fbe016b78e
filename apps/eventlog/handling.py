"""handle(command): read the boundary, decide, append. The only way that anything changes."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec
import psycopg
from django.db import Error, connection

from apps.eventlog import events, inline, kinds, pokes, traces
from apps.eventlog.commands import Boundary, Command, Rejected, items_of
from apps.eventlog.correlations import correlation_of
from apps.eventlog.events import Event
from apps.eventlog.looking import as_array, as_parameters, look, raw_connection
from apps.eventlog.tags import Tag
from apps.eventlog.witness import Witness, watched

ATTEMPTS = 10
PATIENCE = 5.0  # seconds
MAX_TAGS = 500  # a lock each: see docs/eventlog.md for what the server's lock table holds
CONFLICT, REPEAT = "EL001", "EL002"
DEADLOCK, SERIALIZATION, LOCK_TIMEOUT = "40P01", "40001", "55P03"
STATEMENT_TIMEOUT = "57014"  # several waits for locks, each short enough, were too long together
RETRIED = {CONFLICT, REPEAT, DEADLOCK, SERIALIZATION, LOCK_TIMEOUT, STATEMENT_TIMEOUT}

APPEND = """
SELECT eventlog_append(
    %s::text, %s::text, %s::text, %s::text[], %s::boolean[],
    %s::text[], %s::jsonb, %s::bigint, %s::jsonb, %s::jsonb
)
"""


class Busy(Exception):
    """Others kept changing the same boundary. Nothing was stored; the sender may try again."""


class Request(NamedTuple):
    """A command as it arrived: from whom, and under which id it may arrive again."""

    command: Command
    command_id: str
    actor: str
    witness: Witness | None = None  # while somebody watches

    @property
    def digest(self) -> str:
        name = type(self.command).__qualname__.encode()
        return hashlib.sha256(name + msgspec.json.encode(self.command)).hexdigest()


def handle(command: Command, *, command_id: str, actor: str) -> int:
    """Grant `command`, or raise Rejected with the reason; nothing in between.

    Answers the log position that shows its effect (0 when nothing had to happen). The same
    `command_id` again answers the same; from another actor or with other parameters it is
    Rejected. Raises Busy when others kept winning. Takes two round trips, never runs inside an
    open transaction (a conflict must be retried from a fresh read).
    """
    if connection.in_atomic_block:
        raise RuntimeError("handle() must not run inside a transaction: it could not retry")
    kinds.agree()
    request = Request(command, command_id, actor)
    return watched(request, _grant) if traces.listeners else _grant(request)


def _grant(request: Request) -> int:
    given_up = time.monotonic() + PATIENCE
    for _ in range(ATTEMPTS):
        try:
            return _attempt(request)
        except Error as error:
            if getattr(error.__cause__, "sqlstate", None) not in RETRIED:
                raise
            if time.monotonic() > given_up:
                break
    raise Busy(f"{type(request.command).__name__} met too many conflicts")


def _attempt(request: Request) -> int:
    boundary, witness = request.command.boundary(), request.witness
    if witness:
        witness.begins(boundary)
    view = look(boundary, request.command_id)
    if witness:
        witness.looked(len(view.history))
    if view.receipt:
        return _answer_again(view.receipt, request)
    decided = request.command.decide(view.history, view.now)
    if witness:
        witness.decided(decided)
    if not decided:
        return 0
    with connection.wrap_database_errors:
        position = _append(raw_connection(), request, boundary, len(view.history), decided)
    if witness:
        witness.appended()
    pokes.poke()
    return position


def _answer_again(receipt: tuple[str, str, int], request: Request) -> int:
    actor, digest, position = receipt
    if (actor, digest) != (request.actor, request.digest):
        raise Rejected("This was sent before with something else in it. Look again, please.")
    return position


def _append(
    conn: psycopg.Connection[Any],
    request: Request,
    boundary: Boundary,
    seen: int,
    decided: Sequence[Event],
) -> int:
    locks = locks_of(boundary, decided)
    parameters = (
        request.command_id,
        request.actor,
        request.digest,
        as_array([tag.text for tag in locks]),
        as_array(["t" if exclusive else "f" for exclusive in locks.values()]),
        *as_parameters(boundary),
        seen,
        _stored(decided),
        _metadata(request, boundary),
    )
    with _one_round_trip(conn):
        answer = conn.execute(APPEND, parameters)
        for sql, params in inline.statements(decided):
            conn.execute(sql, params)
    (position,) = answer.fetchone() or (0,)
    return int(position)


@contextmanager
def _one_round_trip(conn: psycopg.Connection[Any]) -> Iterator[None]:
    """A transaction whose BEGIN and COMMIT travel with what is executed in it.

    psycopg's own transaction() waits for an answer to each of the two. What it does after a
    failure is done here too: roll back, and forget the statements that were never prepared.
    """
    try:
        with conn.pipeline():
            conn.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
            yield
            conn.execute("COMMIT")
    except BaseException:  # whatever it was: the next command must not commit what this one began
        if not conn.broken:
            conn.rollback()
        raise


def locks_of(boundary: Boundary, decided: Sequence[Event]) -> dict[Tag, bool]:
    """Each tag to lock, and whether exclusively: who writes one meets who decides by it."""
    narrowest = [item.tags[0] for item in items_of(boundary)]
    locks = {tag: not tag.guarding for tag in narrowest}
    for tag in (tag for event in decided for tag in event.tags()):
        locks[tag] = locks.get(tag, False) or tag.guarding
    if len(locks) > MAX_TAGS:
        raise ValueError(f"a command may touch {MAX_TAGS} tags, not {len(locks)}")
    return locks


def _stored(decided: Sequence[Event]) -> str:
    return msgspec.json.encode(
        [
            {
                "type": events.name_of(type(event)),
                "tags": [tag.text for tag in event.tags()],
                "data": event,
            }
            for event in decided
        ]
    ).decode()


def _metadata(request: Request, boundary: Boundary) -> str:
    return msgspec.json.encode(
        {
            "command": type(request.command).__name__,
            "command_id": request.command_id,
            "actor": request.actor,
            "correlation": correlation_of(request.command_id, request.actor, boundary),
        }
    ).decode()
