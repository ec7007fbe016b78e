"""manage.py events: the log in a terminal."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from apps.booking.specs.examples import held, on_sale, released
from apps.catalog.specs.examples import movie_added
from cinema_site.folder import REPOSITORY
from tests.history import tell

ESCAPE = "\x1b"


@pytest.fixture
def told(database: str) -> None:
    tell(on_sale(), held("A7"))
    tell(held("A8", by="bob", hold="h2"), released("A7"), movie_added("0123456789abcdef" * 2))


def positions(*arguments: object) -> list[int]:
    return [event["position"] for event in found(*arguments)]


def found(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said(*arguments, "--json").splitlines()]


def said(*arguments: object) -> str:
    out = StringIO()
    call_command("events", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("told")
def test_a_line_an_event() -> None:
    lines = said().splitlines()
    position, day, time, name, *tags, _ = lines[1].split(maxsplit=8)
    assert (position, name) == ("2", "booking.SeatsHeld")
    assert tags == ["screening:s1", "hold:h1", "visitor:s1/ann", "seat:s1/A7"]
    assert (len(day), len(time)) == (10, 8)
    assert '"seats": ["A7"]' in lines[1]
    assert "movie:01234567… slug:the-salt-meridian" in lines[4]
    assert lines[4].endswith("…")
    assert ESCAPE not in "".join(lines)


@pytest.mark.usefixtures("told")
def test_in_colours_if_forced() -> None:
    assert ESCAPE in said("--force-color")


@pytest.mark.usefixtures("told")
def test_everything_stored_as_json() -> None:
    (event,) = found("--after", 1, "--limit", 1)
    assert event["type"] == "booking.SeatsHeld"
    assert event["tags"] == ["screening:s1", "hold:h1", "visitor:s1/ann", "seat:s1/A7"]
    assert event["data"]["seats"] == ["A7"]
    assert event["metadata"]["actor"] == "test"
    assert event["recorded_at"]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("--limit 2", [4, 5]),
        ("--after 1", [2, 3, 4, 5]),
        ("--after 1 --limit 2", [2, 3]),
        ("--tag screening:s1", [2, 3, 4]),
        ("--tag screening:s1 hold:h1", [2, 4]),  # both
        ("--tag hold:h2 --tag slug:the-salt-meridian", [3, 5]),  # either
        ("--type booking.SeatsHeld", [2, 3]),
        ("--type booking.SeatsHeld --type catalog.MovieAdded", [2, 3, 5]),
        ("--tag hold:h1 --type booking.SeatsReleased", [4]),
        ("--tag hold:h1 --limit 1", [4]),
        ("--tag hold:nobody", []),
    ],
)
def test_searching(arguments: str, expected: list[int]) -> None:
    assert positions(*arguments.split()) == expected


@pytest.mark.usefixtures("told")
def test_an_unknown_type_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match=r"'SeatsSold'. There are booking\.HoldExpired, "):
        said("--type", "SeatsSold")


def test_a_tag_is_found_by_its_index(database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO eventlog_event (type, tags, data, metadata)"
            " SELECT 'x', ARRAY['n:' || n], '{}', '{}' FROM generate_series(1, 20000) n"
        )
        cursor.execute("ANALYZE eventlog_event")
    with connection.execute_wrapper(explained := Explained()):
        assert positions("--tag", "n:3") == [3]
    assert "eventlog_event_tags" in explained.plan


class Explained:
    """Asks how a query is run before running it."""

    plan = ""

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        if sql.startswith("SELECT"):
            execute(f"EXPLAIN {sql}", params, many, context)
            self.plan += "".join(line for (line,) in context["cursor"].fetchall())
        return execute(sql, params, many, context)


@contextmanager
def command(database: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """The command in a process of its own, ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "events", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_following_loses_nothing_and_ends_quietly(database: str) -> None:
    tell(on_sale(), held("A7"))
    with command(
        database, "--follow", "--limit", "1", "--json", "--tag", "screening:s1"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        read = [json.loads(process.stdout.readline())["position"]]
        with psycopg.connect(database) as slow:
            slow.execute(LATE)
            tell(held("B1", by="bob", hold="h2"))
        read += [json.loads(process.stdout.readline())["position"] for _ in range(2)]
        assert read == [2, 3, 4]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
        assert process.stderr.read() == ""


LATE = (
    "INSERT INTO eventlog_event (type, tags, data, metadata)"
    " VALUES ('booking.SeatsHeld', '{screening:s1}', '{}', '{}')"
)


def test_who_has_read_enough_hears_no_complaint(database: str) -> None:
    for nth in range(40):
        tell(*[movie_added(f"m{nth}-{each}") for each in range(50)])
    with command(database, "--after", "0", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""
