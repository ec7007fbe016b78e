"""The world that is measured in: an embedded PostgreSQL of its own, with its safe defaults."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from cinema_site import postgres

_numbers = count(1)


@contextmanager
def running() -> Iterator[None]:
    """A migrated PostgreSQL (fsync on) for Django of this process and of those that it starts."""
    folder = Path(tempfile.mkdtemp(prefix="marquee-bench-"))
    signal.signal(signal.SIGTERM, lambda *_: exit_cleanly())
    try:
        with postgres.running(folder) as url:
            _settle(folder, url)
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def exit_cleanly() -> None:
    raise SystemExit(143)  # so that the server is stopped, too


def _settle(folder: Path, url: str) -> None:
    for name in ("MARQUEE_ENV", "MARQUEE_DEBUG", "REDIS_URL", "ALLOWED_HOSTS", "TIME_ZONE"):
        os.environ.pop(name, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="cinema_site.settings",
        DATABASE_URL=url,
        MARQUEE_DATA=str(folder),
        SECRET_KEY="only-for-benchmarks",
    )
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    connection.close()


@contextmanager
def fresh_database() -> Iterator[str]:
    """The URL of a database without an event; this process' Django uses it in the block."""
    from django.db import connections

    template, name = postgres.DATABASE, f"bench_{next(_numbers)}"
    with _administrator() as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        connections.settings["default"]["NAME"] = name
        try:
            yield psycopg.conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=name)
        finally:
            connections.close_all()
            connections.settings["default"]["NAME"] = template
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _administrator() -> psycopg.Connection:
    url = psycopg.conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname="postgres")
    return psycopg.connect(url, autocommit=True)


def conditions() -> str:
    """Where the figures come from."""
    import platform

    with _administrator() as server:
        said = [
            server.execute(f"SHOW {name}").fetchone() or ("?",)
            for name in ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        ]
    version, fsync, commit, buffers = (value for (value,) in said)
    return (
        f"PostgreSQL {version} (fsync {fsync}, synchronous_commit {commit}, shared_buffers"
        f" {buffers}), Python {platform.python_version()}, {os.cpu_count()} cores"
    )
