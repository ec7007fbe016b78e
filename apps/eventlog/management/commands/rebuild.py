"""Rebuild read models from the log."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from apps.eventlog import rebuilding
from apps.eventlog.twins import Difference, Pooled


class Command(BaseCommand):
    help = (
        "Builds read models anew from the log, compares, and puts right what differs. Everything "
        "stays in use meanwhile. Needs a database session of its own, not one shared by a pooler."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="*", help="projections or inline tables; none: all")

    def handle(self, *args: Any, **options: Any) -> None:
        known = rebuilding.names()
        if unknown := [name for name in options["name"] if name not in known]:
            raise CommandError(
                f"Nothing here is called {unknown[0]!r}. There are {', '.join(known)}."
            )
        for name in options["name"] or known:
            self._rebuild(name, quote=options["verbosity"] > 1)

    def _rebuild(self, name: str, *, quote: bool) -> None:
        started = time.monotonic()
        try:
            events, differences = rebuilding.rebuild(name)
        except Pooled:
            raise CommandError("A rebuild needs a direct connection, without a pooler.") from None
        except OperationalError as error:
            raise CommandError(f"{name} was left as it was: {error}") from error
        seconds = time.monotonic() - started
        wrong = ", ".join(_sentence(each) for each in differences if each.rows)
        self.stdout.write(f"{name}: {events:,} events, {seconds:.1f} s, {wrong or 'as it was'}")
        for found, expected in (pair for each in differences for pair in each.examples if quote):
            self.stdout.write(f"    {_shown(found)}\n    -> {_shown(expected)}")


def _sentence(difference: Difference) -> str:
    rows = "1 row" if difference.rows == 1 else f"{difference.rows:,} rows"
    return f"{rows} of {difference.table} put right"


def _shown(row: str | None) -> str:
    return "no row" if row is None else row
