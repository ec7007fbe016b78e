"""Serve an existing database, migrated and filled elsewhere, with everything in one process."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cinema_site.serving import serve


class Command(BaseCommand):
    help = "Serves pages and sockets and runs the automations, on this machine's own address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="0 takes any free one")

    def handle(self, *args: Any, **options: Any) -> None:
        serve(options["port"], ready=lambda address: print(address, flush=True))
