"""handle(command): read the boundary, decide, append. The only way that anything changes."""

import hashlib
import time
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import msgspec
from django.db import Error, connection

from apps.eventlog import assuming, events, inline, kinds, pokes, traces, wire
from apps.eventlog.commands import Boundary, Command, Rejected, narrowest_of
from apps.eventlog.correlations import correlation_of
from apps.eventlog.events import Event
from apps.eventlog.looking import View, as_parameters, look, raw_connection
from apps.eventlog.tags import Tag
from apps.eventlog.wire import as_array
from apps.eventlog.witness import Witness, watched

ATTEMPTS = 10
PATIENCE = 5.0  # seconds
MAX_TAGS = 500  # a lock each: see docs/eventlog.md for what the server's lock table holds
CONFLICT, REPEAT, ISOLATION = "EL001", "EL002", "EL003"
DEADLOCK, SERIALIZATION, LOCK_TIMEOUT = "40P01", "40001", "55P03"
STATEMENT_TIMEOUT = "57014"  # several waits for locks, each short enough, were too long together
RETRIED = {
    CONFLICT,
    REPEAT,
    ISOLATION,
    DEADLOCK,
    SERIALIZATION,
    LOCK_TIMEOUT,
    STATEMENT_TIMEOUT,
}

READ_COMMITTED = "SET default_transaction_isolation = 'read committed'"
APPEND = """
SELECT eventlog_append(
    %s::text, %s::text, %s::text, %s::text[], %s::boolean[],
    %s::text[], %s::jsonb, %s::bigint, %s::timestamptz, %s::text,
    %s::text[], %s::text[], %s::jsonb, %s::jsonb
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
    Rejected. Raises Busy when others kept winning. Takes two round trips, or one (assuming.py).
    Never runs inside an open transaction: a conflict must be retried from a fresh read.
    """
    if connection.in_atomic_block:
        raise RuntimeError("handle() must not run inside a transaction: it could not retry")
    kinds.agree()
    request = Request(command, command_id, actor)
    return watched(request, _grant) if traces.listeners else _grant(request)


def _grant(request: Request) -> int:
    given_up = time.monotonic() + PATIENCE
    for attempt in range(ATTEMPTS):
        try:
            return _attempt(request, first=attempt == 0)
        except Error as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state not in RETRIED:
                raise
            if state == ISOLATION:
                raw_connection().execute(READ_COMMITTED)
            if time.monotonic() > given_up:
                break
    raise Busy(f"{type(request.command).__name__} met too many conflicts")


def _attempt(request: Request, *, first: bool) -> int:
    boundary, witness = request.command.boundary(), request.witness
    if witness:
        witness.begins(boundary)
    if first and (guess := assuming.guess(request.command, boundary)):
        return _append_guessed(request, boundary, guess)
    view = look(boundary, request.command_id)
    if witness:
        witness.looked(view)
    assuming.learn(boundary, view)
    if view.receipt:
        return _answer_again(view.receipt, request)
    decided = request.command.decide(view.history, view.now)
    return _append(request, boundary, view, decided)


def _append_guessed(request: Request, boundary: Boundary, guess: assuming.Guess) -> int:
    came_true = False
    try:
        position = _append(request, boundary, *guess)
        came_true = True
    finally:
        assuming.judge(boundary, came_true=came_true)
    return position


def _append(request: Request, boundary: Boundary, view: View, decided: Sequence[Event]) -> int:
    if request.witness:
        request.witness.decided(view, decided)
    if not decided:
        return 0
    with connection.wrap_database_errors:
        statements = appending(request, boundary, view, decided)
        [[(position,)], *_] = wire.transact(raw_connection(), statements)
    if request.witness:
        request.witness.appended()
    pokes.poke()
    return int(position)


def _answer_again(receipt: tuple[str, str, int], request: Request) -> int:
    actor, digest, position = receipt
    if (actor, digest) != (request.actor, request.digest):
        raise Rejected("This was sent before with something else in it. Look again, please.")
    return position


def appending(
    request: Request, boundary: Boundary, view: View, decided: Sequence[Event]
) -> list[wire.Statement]:
    """The append, whose answer is the last position, and the inline projections."""
    written = [event.tags() for event in decided]
    locks = sorted(locks_of(boundary, written).items())
    parameters = (
        request.command_id,
        request.actor,
        request.digest,
        as_array([tag.text for tag, _ in locks]),
        as_array(["t" if exclusive else "f" for _, exclusive in locks]),
        *as_parameters(boundary),
        len(view.history),
        *((view.now, view.log) if view.assumed else (None, None)),
        as_array([events.name_of(type(event)) for event in decided]),
        as_array([as_array([tag.text for tag in tags]) for tags in written]),
        msgspec.json.encode(decided).decode(),
        _metadata(request, boundary),
    )
    return [(APPEND, parameters), *inline.statements(decided)]


def locks_of(boundary: Boundary, written: Sequence[Sequence[Tag]]) -> dict[Tag, bool]:
    """Each tag to lock, and whether exclusively: who writes one meets who decides by it."""
    locks = {tag: not tag.guarding for tag in narrowest_of(boundary)}
    for tag in chain.from_iterable(written):
        locks[tag] = locks.get(tag, False) or tag.guarding
    if len(locks) > MAX_TAGS:
        raise ValueError(f"a command may touch {MAX_TAGS} tags, not {len(locks)}")
    return locks


def _metadata(request: Request, boundary: Boundary) -> str:
    return msgspec.json.encode(
        {
            "command": type(request.command).__name__,
            "command_id": request.command_id,
            "actor": request.actor,
            "correlation": correlation_of(request.command_id, request.actor, boundary),
        }
    ).decode()
