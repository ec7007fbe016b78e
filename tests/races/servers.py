"""PostgreSQL servers of the tests' own: Debian's 15, and any that is to be restarted."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections

from cinema_site import postgres
from tests.plugin import SMALL, new_folder

DEBIAN = Path("/usr/lib/postgresql/15/bin")
# No test survives the machine's crash. A server's own is another matter: commits stay synchronous.
QUICK = {"fsync": "off", "full_page_writes": "off"} | SMALL


class Cluster:
    """A server on a socket of a new folder, owned by "nobody" when we are root."""

    def __init__(self, programs: Path, settings: Mapping[str, str]) -> None:
        self.programs = programs
        self.folder = new_folder("marquee-race-")
        self.data = self.folder / "data"
        self.url = f"postgresql://postgres@/postgres?host={self.folder}"
        postgres.let_in(self.folder)
        self._run("initdb", "--auth=trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N")
        with (self.data / "postgresql.conf").open("a") as configuration:
            for name, value in (postgres.SETTINGS | QUICK | dict(settings)).items():
                configuration.write(f"{name} = '{value}'\n")

    def start(self, **settings: str) -> None:
        options = [f"-c {name}={value}" for name, value in settings.items()]
        where = " ".join([f"-k {self.folder}", *options])
        self._run("pg_ctl", "start", "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", where)

    def stop(self, mode: str = "fast") -> None:
        """`fast` cuts connections and rolls back, `immediate` is a crash."""
        self._run("pg_ctl", "stop", "-w", "-t", "60", "-m", mode)

    def remove(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile("w+") as output:  # a server would keep a pipe open
            status = subprocess.call(
                [self.programs / program, "-D", self.data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
                **postgres.as_owner(self.folder),
            )
            output.seek(0)
            assert status == 0, f"{program}: {output.read()}"


@contextmanager
def running(programs: Path, **settings: str) -> Iterator[Cluster]:
    cluster = Cluster(programs, settings)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


@contextmanager
def used(url: str) -> Iterator[str]:
    """Meanwhile every new connection of Django's, by any thread, goes to that database."""
    settings = connections.settings["default"]
    before = dict(settings)
    parts = psycopg.conninfo.conninfo_to_dict(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password"}
    names |= {"HOST": "host", "PORT": "port"}
    connections.close_all()
    settings.update({name: parts.get(part) or "" for name, part in names.items()})
    try:
        yield url
    finally:
        connections.close_all()
        settings.update({name: before[name] for name in names})


@contextmanager
def copy(server: str, template: str, name: str) -> Iterator[str]:
    """A copy of the template that Django uses, and that lasts, as long as the block does."""
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        with used(psycopg.conninfo.make_conninfo(server, dbname=name)) as url:
            yield url
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def migrated(server: str, name: str) -> str:
    """The URL of a new database with our tables."""
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}".encode())
    with used(psycopg.conninfo.make_conninfo(server, dbname=name)) as url:
        call_command("migrate", verbosity=0)
    return url
