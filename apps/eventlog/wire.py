"""Statements sent by libpq's own calls: together one round trip, and one transaction.

psycopg's cursors do the same for three times the CPU. PostgreSQL takes all that comes before a Sync
for one transaction if nobody says BEGIN: it commits at the Sync unless something has failed, and a
connection that is lost before leaves nothing. So there is one Sync, behind the last statement.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from itertools import count, zip_longest
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import errors, generators
from psycopg.abc import PQGen
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

type Statement = tuple[str, Sequence[object]]  # SQL with a %s for each value
type Row = list[Any]  # texts, and None
type _Text = tuple[bytes, bytes, list[bytes | None]]  # name, SQL with $1 …, values

OK, SYNC = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK), ExecStatus.PIPELINE_SYNC

NUL, NO_NUL = "\x00", "PostgreSQL keeps no text with a NUL character in it"

# What the server of each connection said it has prepared. Behind a failure it prepares nothing.
_prepared: WeakKeyDictionary[psycopg.Connection[Any], set[bytes]] = WeakKeyDictionary()


class Split(Exception):
    """Something sent a Sync between these statements: the first of them are committed alone."""


def transact(conn: psycopg.Connection[Any], statements: Iterable[Statement]) -> list[list[Row]]:
    """The rows that each answers. All are committed; or none, and psycopg.Error says why."""
    if not conn.autocommit or conn.pgconn.transaction_status != TransactionStatus.IDLE:
        raise RuntimeError("a transaction is open, of which these would be or not be a part")
    return _exchange(conn, [_as_text(*statement) for statement in statements])


def ask(conn: psycopg.Connection[Any], sql: str, values: Sequence[object]) -> list[Row]:
    """The rows that one statement answers, in the open transaction if there is one."""
    (rows,) = _exchange(conn, [_as_text(sql, values)])
    return rows


def _exchange(conn: psycopg.Connection[Any], texts: Sequence[_Text]) -> list[list[Row]]:
    with conn.lock:
        prepared = _prepared.setdefault(conn, set())
        try:
            return _round_trip(conn, texts, prepared)
        except errors.InvalidSqlStatementName:  # psycopg deallocates everything at each rollback
            prepared.clear()
            return _round_trip(conn, texts, prepared)


def _round_trip(
    conn: psycopg.Connection[Any], texts: Sequence[_Text], prepared: set[bytes]
) -> list[list[Row]]:
    conn.pgconn.enter_pipeline_mode()
    try:
        sent = _send(conn.pgconn, texts, prepared)
        *results, _ = conn.wait(_receive(conn.pgconn))
        if len(results) < len(sent):
            raise Split
        conn.pgconn.exit_pipeline_mode()
    except BaseException:  # whatever it was: nobody may go on in the middle of this
        conn.close()
        raise
    answers: list[list[Row]] = []
    for name, result in zip_longest(sent, results):  # a failure to commit is one more
        if result.status not in OK:
            raise errors.error_from_result(result)
        if name:
            prepared.add(name)
        else:
            answers.append(_rows(result))
    return answers


def _send(pgconn: PGconn, texts: Sequence[_Text], prepared: set[bytes]) -> list[bytes]:
    """For each result that will come: the statement that is prepared, b"" if one is run."""
    sent: list[bytes] = []
    for name, sql, values in texts:
        if name not in prepared and name not in sent:
            pgconn.send_prepare(name, sql)
            sent.append(name)
        _run(pgconn, name, values)
        sent.append(b"")
    pgconn.pipeline_sync()
    return sent


def _run(pgconn: PGconn, name: bytes, values: list[bytes | None]) -> None:
    pgconn.send_query_prepared(name, values)


def _receive(pgconn: PGconn) -> PQGen[list[PGresult]]:
    """All results up to the Sync's own."""
    yield from generators.send(pgconn)
    results: list[PGresult] = []
    while not results or results[-1].status != SYNC:
        if not (more := (yield from generators.fetch_many(pgconn))):
            raise psycopg.OperationalError("the server has not answered everything")
        results += more
    return results


def _rows(result: PGresult) -> list[Row]:
    columns = range(result.nfields)
    found = [[result.get_value(row, column) for column in columns] for row in range(result.ntuples)]
    return [[value if value is None else value.decode() for value in row] for row in found]


def _as_text(sql: str, values: Sequence[object]) -> _Text:
    return (*_numbered(sql), [None if value is None else _text(value) for value in values])


@cache
def _numbered(sql: str) -> tuple[bytes, bytes]:
    """A name for this statement, and its SQL as the server wants it."""
    numbers = count(1)
    query = re.sub("%s", lambda _: f"${next(numbers)}", sql).encode()
    return b"wire_" + sha256(query).hexdigest()[:16].encode(), query


def _text(value: object) -> bytes:
    text = value if isinstance(value, str) else TEXT[type(value)](value)
    if NUL in text:  # libpq would cut it there
        raise psycopg.DataError(NO_NUL)
    return text.encode()


def as_array(texts: Sequence[str]) -> str:
    """PostgreSQL's own notation of an array."""
    # All texts are escaped at once, with between them what none of them may hold.
    joined = NUL.join(texts).replace("\\", "\\\\").replace('"', '\\"')
    if texts and joined.count(NUL) != len(texts) - 1:
        raise psycopg.DataError(NO_NUL)
    return f'{{"{joined.replace(NUL, '","')}"}}' if texts else "{}"


TEXT: dict[type, Callable[[Any], str]] = {
    int: str,
    bool: str,
    datetime: datetime.isoformat,
    list: as_array,
    tuple: as_array,
}
