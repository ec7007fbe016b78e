"""Which history of the database this is.

Positions only mean something within one. Every way to bring back an earlier state (a dump that is
loaded, a server wound back to a moment, a standby that takes over) makes another epoch, because it
makes another server, timeline, database or table. See docs/decisions/0010.
"""

from typing import NamedTuple

from django.db import connection

EPOCH = """(
SELECT left(md5(concat_ws(
    '/',
    system_identifier,
    -- The timeline. The control file has a promoted standby's only after its next checkpoint.
    left(pg_walfile_name(pg_current_wal_lsn()), 8),
    pg_database.oid,
    'eventlog_event'::regclass::oid
)), 8)
FROM pg_control_system(), pg_database
WHERE datname = current_database()
)"""


class Now(NamedTuple):
    epoch: str
    newest: int  # the highest position that is committed


def now() -> Now:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {EPOCH}, coalesce(max(position), 0) FROM eventlog_event")
        return Now(*cursor.fetchone())
