"""The set-up: settings, the state folder, the embedded PostgreSQL, starting and stopping."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis
from django.db import connection
from playwright.sync_api import Page, expect

from cinema_site import folder, postgres, wire
from cinema_site.folder import REPOSITORY
from tests.processes import Server

PRODUCTION = {
    "MARQUEE_ENV": "production",
    "SECRET_KEY": "x" * 60,
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "ALLOWED_HOSTS": "tickets.example",
    "BANK": "",
}


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("missing", "bank"),
    [
        ("SECRET_KEY", ""),
        ("DATABASE_URL", ""),
        ("ALLOWED_HOSTS", ""),
        ("BANK_WEBHOOK_SECRET", "apps.checkout.sandbox"),
    ],
)
def test_production_refuses_to_start_without_its_secrets(missing: str, bank: str) -> None:
    done = manage("check", **{**PRODUCTION, "BANK": bank, missing: ""})
    assert done.returncode == 1
    assert f"Production does not start without {missing}." in done.stderr


def test_a_database_address_is_read_by_libpq() -> None:
    from cinema_site.settings import database

    found = database("postgresql://me:p%40ss@db.example:6543/cinema?sslmode=require")
    wanted = {"NAME": "cinema", "USER": "me", "PASSWORD": "p@ss", "HOST": "db.example"}
    assert found | wanted == found
    assert found["PORT"] == "6543"
    assert found["OPTIONS"]["sslmode"] == "require"


@pytest.mark.usefixtures("database")
def test_statements_are_prepared_bound_by_the_server_and_never_hang() -> None:
    with connection.cursor() as cursor:
        for number in range(8):
            cursor.execute("SELECT %s::int", [number])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%$1%%'")
        assert cursor.fetchone()[0] >= 1
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('TimeZone')")
        assert cursor.fetchone() == ("15s", "UTC")


def test_each_test_has_a_database_of_its_own(database: str, template_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), count(*) FROM eventlog_event")
        name, events = cursor.fetchone()
    assert name.startswith(template_db)
    assert name in database
    assert events == 0


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    secret = folder.kept_secret(tmp_path / "state", "secret-key")
    assert folder.kept_secret(tmp_path / "state", "secret-key") == secret
    assert (tmp_path / "state" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_folder_with_other_files_is_neither_used_nor_removed(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(folder.NotOurs):
        folder.made(tmp_path)
    done = manage("reset", MARQUEE_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "holds files that are not Marquee's" in done.stderr
    assert (tmp_path / "thesis.txt").exists()


def test_one_process_holds_the_folder(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with folder.held(state), pytest.raises(folder.Held), folder.held(state):
        pass


def test_postgres_keeps_its_data_and_survives_a_crash(tmp_path: Path) -> None:
    state = tmp_path / "a folder, odd & long? 100%" / ("x" * 80)
    with postgres.running(state) as url, psycopg.connect(url) as session:
        session.execute("CREATE TABLE kept ()")
    pid_file = state / "postgres" / "postmaster.pid"
    assert not pid_file.exists()

    postgres.start(state, {})  # and nobody stops it: its starter was killed
    with postgres.running(state) as url:
        with psycopg.connect(url) as session:
            session.execute("SELECT FROM kept")
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)  # leaves its lock file
    with postgres.running(state) as url, psycopg.connect(url) as session:
        session.execute("SELECT FROM kept")


def test_a_number_in_a_stale_lock_file_is_not_mistaken_for_the_server(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")
    postgres.stop(tmp_path)  # must not hit this very process
    assert not (data / "postmaster.pid").exists()


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = manage("demo", PORT=str(port), MARQUEE_DATA=str(tmp_path / "state"))
    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Port {port} is in use; choose another one with PORT={port + 1}.\n"
    )
    assert not (tmp_path / "state" / "postgres").exists()


def test_a_header_with_underscores_poses_as_no_other() -> None:
    sent = [
        (b"host", b"a"),
        (b"x_forwarded_proto", b"https"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
    ]
    assert wire.tidied(sent) == [(b"host", b"a"), (b"cookie", b"a=1; b=2")]


def test_the_server_answers_and_stops(server: Callable[..., Server], page: Page) -> None:
    served = server()
    page.goto(f"{served.url}/admin/")
    expect(page.get_by_label("Username")).to_be_visible()
    started = time.monotonic()
    assert served.stop() == 0
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://[", "\xff", ""])
def test_a_socket_nobody_serves_is_refused_in_silence(
    server: Callable[..., Server], origin: str
) -> None:
    served = server()
    for path in ("/ws/nowhere/", "/ws/%ff%00/"):
        answer = open_socket(served.port, path, origin)
        assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 400")), answer
    answer = open_socket(served.port, "/ws/nowhere/", served.url)
    assert answer.startswith(b"HTTP/1.1 403"), answer


def open_socket(port: int, path: str, origin: str) -> bytes:
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Sec-WebSocket-Version: 13\r\nOrigin: {origin}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sent:
        sent.sendall(request.encode("latin1"))
        return sent.recv(1000)


def test_a_redis_is_at_hand(redis_url: str) -> None:
    assert redis.Redis.from_url(redis_url).ping()
