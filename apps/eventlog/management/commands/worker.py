"""Run the projections and automations of this deployment until told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from apps.eventlog.running import Worker


class Command(BaseCommand):
    help = "Keeps the read models up to date and runs the automations."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        worker = Worker()
        worker.start()
        stopping.wait()
        worker.stop()
