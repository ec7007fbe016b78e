"""Many threads that wish at once, and a log with one of its guards taken away."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import IntegrityError, connection

from apps.booking.events import SeatsHeld
from apps.booking.projections import claim_seats
from apps.eventlog import inline, migrations
from apps.eventlog.commands import Command, Rejected
from apps.eventlog.handling import Busy, handle

APPEND_SQL = Path(migrations.__path__[0], "0005_view_and_append.sql").read_text()
KEY = "hashtextextended(locks[nth], 0)"
LOCKS = (f"pg_advisory_xact_lock({KEY})", f"pg_advisory_xact_lock_shared({KEY})")
BEFORE_INSERT = "    FOR nth IN 1 .. cardinality(types)"

type Wish = tuple[Command, str, str]  # command, command id, actor


def without_locks() -> None:
    """From now on this database's append takes no lock on a tag, and is in no hurry to insert."""
    sql = _cut(APPEND_SQL, BEFORE_INSERT, f"    PERFORM pg_sleep(0.01); {BEFORE_INSERT}")
    for lock in LOCKS:
        sql = _cut(sql, lock, "NULL")
    _install(sql)


def resting_between_locks() -> None:
    """From now on this database's append takes its time from one lock to the next."""
    _install(_cut(APPEND_SQL, "done := CASE", "PERFORM pg_sleep(0.005); done := CASE"))


def in_no_hurry() -> None:
    """From now on this database's append rests before it inserts: what can go between, will."""
    _install(_cut(APPEND_SQL, BEFORE_INSERT, f"    PERFORM pg_sleep(0.01); {BEFORE_INSERT}"))


def with_every_lock_exclusive() -> None:
    """From now on this database's append locks every tag for itself alone."""
    _install(_cut(APPEND_SQL, "pg_advisory_xact_lock_shared(", "pg_advisory_xact_lock("))


def by_highest_position() -> None:
    """From now on `seen` is the highest position of the boundary's events, not their number."""
    _install(_cut(APPEND_SQL, "SELECT count(*) INTO", "SELECT coalesce(max(e.position), 0) INTO"))


def without_sifting() -> None:
    """From now on this database's boundaries are of their narrowest tags alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION eventlog_sifted(type text, tags text[], items jsonb)"
            " RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'"
        )


def without_the_barrier() -> None:
    """From now on this database's inserts do not say that they are in flight."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE eventlog_event DISABLE TRIGGER eventlog_barrier")


def with_named_positions() -> None:
    """From now on this database's events may be given any position."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE eventlog_event DISABLE TRIGGER eventlog_own_positions")


def without_the_count() -> None:
    """From now on this database's append does not look whether the boundary has changed."""
    _install(_cut(APPEND_SQL, "IF seen <> there", "IF false"))


def whatever_the_time() -> None:
    """From now on this database's append believes the time that it is told."""
    _install(_cut(APPEND_SQL, "IF abs(extract(epoch FROM", "IF false AND abs(extract(epoch FROM"))


def of_whatever_log() -> None:
    """From now on this database's append does not mind of which log something was remembered."""
    _install(_cut(APPEND_SQL, "IF assumed_log <> eventlog_log()", "IF false"))


def without_receipts() -> None:
    """From now on this database's append does not mind a receipt, and is in no hurry to insert."""
    sql = _cut(APPEND_SQL, BEFORE_INSERT, f"    PERFORM pg_sleep(0.01); {BEFORE_INSERT}")
    _install(_cut(sql, "IF NOT FOUND THEN", "IF false THEN"))


def _cut(sql: str, old: str, new: str) -> str:
    assert old in sql, f"the append no longer contains {old!r}: this control proves nothing"
    return sql.replace(old, new)


def _install(sql: str) -> None:
    start = sql.index("CREATE FUNCTION eventlog_append")
    end = sql.index("$$;", start) + 3
    with connection.cursor() as cursor:
        cursor.execute(sql[start:end].replace("CREATE", "CREATE OR REPLACE", 1))


@contextmanager
def without_claims() -> Iterator[None]:
    """While it lasts, a held seat leaves no claim row behind: the second guard is off."""
    statements = inline.by_type[SeatsHeld]
    statements.remove(claim_seats)
    try:
        yield
    finally:
        statements.insert(0, claim_seats)


def wish(command: Command) -> Wish:
    """A wish that nobody else has, from somebody."""
    return command, uuid4().hex, "test"


def all_at_once(rounds: Sequence[Sequence[Wish]]) -> list[list[bool | str]]:
    """Send each round's wishes at one moment, a thread each; what each was answered.

    True: granted. A sentence: rejected with it. False: stopped by a constraint of the database.
    """
    size = len(rounds[0])
    line = threading.Barrier(size)
    answers: list[list[bool | str]] = [[False] * size for _ in rounds]
    failures: list[BaseException] = []

    def run(nth: int) -> None:
        try:
            for wishes, answered in zip(rounds, answers, strict=True):
                line.wait(timeout=30)
                answered[nth] = _send(*wishes[nth])
        except BaseException as failure:
            failures.append(failure)
            line.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(nth,)) for nth in range(size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return answers


def _send(command: Command, command_id: str, actor: str) -> bool | str:
    try:
        handle(command, command_id=command_id, actor=actor)
    except Rejected as rejection:
        return str(rejection)
    except Busy as busy:
        return str(busy)
    except IntegrityError:
        return False
    return True
