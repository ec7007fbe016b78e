"""What a database role may do that runs the box office, and cannot rewrite its log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from psycopg import sql

from apps.eventlog.looking import raw_connection
from apps.eventlog.models import DeclaredTag, StoredEvent

GRANTS = """
BEGIN;
GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role};
GRANT USAGE ON SCHEMA {schema} TO {role};
REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {role};
GRANT SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
REVOKE UPDATE, DELETE ON {log}, {kinds} FROM {role};
COMMIT;
"""
UNRESTRAINED = """
SELECT rolsuper OR pg_has_role(pg_roles.oid, relowner, 'member')
FROM pg_roles, pg_class WHERE rolname = %s AND pg_class.oid = %s::regclass
"""


class Command(BaseCommand):
    help = (
        "Prints SQL that lets a role run the web and worker processes: it may do everything but "
        "change what the log says. To be run by the owner of the tables, after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        log = StoredEvent._meta.db_table
        found = raw_connection().execute(UNRESTRAINED, [role, log]).fetchone()
        if found and found[0]:
            raise CommandError(
                f"{role} owns the log, or may act as its owner: no grant restrains it."
            )
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database(), current_schema()")
            database, schema = cursor.fetchone()
        statements = sql.SQL(GRANTS).format(
            database=sql.Identifier(database),
            schema=sql.Identifier(schema),
            role=sql.Identifier(role),
            log=sql.Identifier(schema, log),
            kinds=sql.Identifier(schema, DeclaredTag._meta.db_table),
        )
        self.stdout.write(statements.as_string(raw_connection()).strip())
