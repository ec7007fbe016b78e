"""A table and its twin: the same columns, filled anew from the log, then compared and taken over.

The twin is a temporary table of the same name: this session alone can see it, and it goes away with
the session, however that ends.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Field, Model
from psycopg import sql

from apps.eventlog.inline import Row
from apps.eventlog.looking import raw_connection

SHOWN = 5  # differing rows that a report quotes

SCHEMA = """
SELECT nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE pg_class.oid = %s::regclass
"""
CREATE = "CREATE TEMPORARY TABLE {name} (LIKE {live} INCLUDING ALL)"
FILL = "COPY {twin} ({columns}) FROM STDIN"
COMPARE = """
CREATE TEMPORARY TABLE {suspects} AS SELECT {keys}
FROM {live} AS live FULL JOIN {twin} AS twin USING ({keys}) WHERE live IS DISTINCT FROM twin
"""
NOTE = "CREATE TEMPORARY TABLE {changed} AS SELECT {keys} FROM {twin} WHERE false"
NOTE_KEYS = "COPY {changed} FROM STDIN"
SUSPECT = "INSERT INTO {suspects} TABLE {changed}"
FORGET = "DELETE FROM {twin} WHERE ({keys}) IN (TABLE {changed})"
CONVICT = """
CREATE TEMPORARY TABLE {differing} AS SELECT {keys}, live::text AS found, twin::text AS expected
FROM (SELECT DISTINCT {keys} FROM {suspects}) AS suspects
LEFT JOIN {live} AS live USING ({keys}) LEFT JOIN {twin} AS twin USING ({keys})
WHERE live IS DISTINCT FROM twin
"""
REMOVE = "DELETE FROM {live} WHERE ({keys}) IN (SELECT {keys} FROM {differing})"
ADD = """
INSERT INTO {live} ({columns})
SELECT {columns} FROM {twin} WHERE ({keys}) IN (SELECT {keys} FROM {differing})
"""
QUOTE = "SELECT found, expected FROM {differing} ORDER BY {keys} LIMIT %s"


class Pooled(Exception):
    """A pooler stands between: twins would stay behind, for others to mistake for the tables."""


class Difference(NamedTuple):
    """What was wrong with a table: how many rows, and a few of them as (found, expected)."""

    table: str
    rows: int
    examples: list[tuple[str | None, str | None]]


class Twin:
    """The twin of a model's table. To be made within `session()`."""

    def __init__(self, model: type[Model]) -> None:
        meta = model._meta
        self.table = meta.db_table
        self._names: dict[str, sql.Composable] = {
            "name": sql.Identifier(self.table),
            "live": sql.Identifier(_schema_of(self.table), self.table),
            "twin": sql.Identifier("pg_temp", self.table),
            "suspects": sql.Identifier(f"{self.table} suspects"),
            "changed": sql.Identifier(f"{self.table} changed"),
            "differing": sql.Identifier(f"{self.table} differing"),
            "columns": _columns(f for f in meta.local_concrete_fields if not f.generated),
            "keys": _columns(meta.pk_fields),
        }
        self._run(CREATE)

    def fill(self, rows: Iterable[Row]) -> None:
        self._copy(FILL, rows)

    def tidy(self) -> None:
        """Nobody else sweeps a temporary table, or counts for the planner what is in it."""
        self._run("VACUUM (ANALYZE) {twin}")

    def compare(self) -> None:
        """Suspect every row that differs from its twin."""
        self._run("ANALYZE {twin}")
        self._run(COMPARE)

    def change(self, rows: dict[Row, Row | None]) -> None:
        """Suspect these rows too: by key, what the twin has there from now on (None: no row)."""
        self._run(NOTE)
        self._copy(NOTE_KEYS, rows)
        self._run(SUSPECT)
        self._run(FORGET)
        self.fill(row for row in rows.values() if row is not None)

    def lock(self) -> None:
        """Until the transaction ends nobody else writes to the live table; reading goes on."""
        self._run("LOCK TABLE {live} IN SHARE ROW EXCLUSIVE MODE")

    def take_over(self) -> Difference:
        """Make the live table like the twin, by changing what still differs of the suspected."""
        rows = self._run(CONVICT).rowcount
        if rows:
            self._run(REMOVE)
            self._run(ADD)
        return Difference(self.table, rows, self._run(QUOTE, [SHOWN]).fetchall())

    def _run(self, query: str, parameters: Sequence[object] | None = None) -> Any:
        with connection.wrap_database_errors:
            return raw_connection().execute(self._composed(query), parameters)

    def _copy(self, query: str, rows: Iterable[Row]) -> None:
        with raw_connection().cursor().copy(self._composed(query)) as copy:
            for row in rows:
                copy.write_row(row)

    def _composed(self, query: str) -> sql.Composed:
        return sql.SQL(query).format(**self._names)


def _columns(fields: "Iterable[Field[Any, Any]]") -> sql.Composed:
    return sql.SQL(", ").join([sql.Identifier(field.column) for field in fields if field.column])


def _schema_of(table: str) -> str:
    found = raw_connection().execute(SCHEMA, [table])
    return "".join(name for (name,) in found)


@contextmanager
def session() -> Iterator[None]:
    """A database session that nothing was done in before, and that ends with its twins."""
    if connection.in_atomic_block:
        raise RuntimeError("a rebuild takes several transactions, it cannot run inside one")
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            if cursor.fetchone() != (raw_connection().info.backend_pid,):
                raise Pooled
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET temp_buffers = '64MB'")
        yield
    finally:
        connection.close()


@contextmanager
def among_twins() -> Iterator[None]:
    """A transaction, or a part of one, in which there are no other tables than the twins.

    The names that the ORM uses mean twins. Whatever else is touched does not exist.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = pg_temp")
        yield
        cursor.execute("SET LOCAL search_path TO DEFAULT")
