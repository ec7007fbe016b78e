"""Serve a database that was migrated elsewhere: pages and sockets, on request everything."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.eventlog.running import Worker
from cinema_site.serving import serve


class Command(BaseCommand):
    help = "Serves pages and sockets; with --worker also runs projections and automations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="0 takes any free one")
        parser.add_argument("--worker", action="store_true", help="needs no worker beside it")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        if options["worker"]:
            worker.start()
        try:
            serve(options["host"], options["port"], lambda address: print(address, flush=True))
        finally:
            worker.stop()
