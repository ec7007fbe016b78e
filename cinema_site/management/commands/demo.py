"""The demonstration: a filled cinema on this machine, with nothing installed but Python."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from apps.eventlog.models import StoredEvent
from apps.eventlog.running import Worker
from cinema_site import demo, folder, postgres, serving

HOST = "127.0.0.1"
STAFF = "staff"
UNFINISHED = "unfinished"  # marks a database that was not filled to the end


class Command(BaseCommand):
    help = "Starts a database if none is given, fills the cinema if it is empty, and serves it."
    requires_system_checks = ()  # they take their time, and `make check` runs them

    def handle(self, *args: Any, **options: Any) -> None:
        serving.when_asked_to_stop(serving.interrupt)
        state = settings.MARQUEE_DATA
        try:
            port = free_port()
            with folder.held(state), database(state):
                call_command("migrate", verbosity=0)
                password = staff_password(state)
                fill(state)
                self.serve(port, password)
        except KeyboardInterrupt:
            pass
        except (folder.NotOurs, folder.Held, postgres.Unusable) as refusal:
            raise CommandError(str(refusal)) from None

    def serve(self, port: int, password: str) -> None:
        worker = Worker()
        worker.start()
        try:
            serving.serve(HOST, port, lambda address: self.show(address, password))
        finally:
            worker.stop()

    def show(self, address: str, password: str) -> None:
        self.stdout.write(
            f"\n  {settings.CINEMA_NAME} is open.\n\n"
            f"    Programme   {address}/\n"
            f"    Staff       {address}/admin/   login: {STAFF}   password: {password}\n\n"
            "  Ctrl-C closes it.\n\n"
        )
        self.stdout.flush()


def free_port() -> int:
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or int(wanted) > 65535:
        raise CommandError(f"PORT={wanted} is not a port number.")
    port = int(wanted)
    if serving.taken(HOST, port):
        raise CommandError(f"Port {port} is in use; choose another one with PORT={port + 1}.")
    return port


@contextmanager
def database(state: Path) -> Iterator[None]:
    if not embedded():
        yield
        return
    with postgres.running(state):
        if (state / UNFINISHED).exists():
            postgres.empty(state)
        try:
            yield
        finally:
            connections.close_all()


def embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def staff_password(state: Path) -> str:
    """The password of the staff account, which is made if it is missing."""
    password = folder.kept_secret(state, "staff-password", length=9)
    users = get_user_model()
    if not users.objects.filter(username=STAFF).exists():
        users.objects.create_superuser(STAFF, password=password)
    return password


def fill(state: Path) -> None:
    """Fills an empty cinema. Where that is interrupted, the next start begins again."""
    if StoredEvent.objects.exists():
        return
    print("Filling the cinema (once) …", flush=True)
    if embedded():
        (state / UNFINISHED).touch()
    demo.fill()
    (state / UNFINISHED).unlink(missing_ok=True)
