"""What is sent as text reaches the server as it is, arrays in PostgreSQL's own notation too."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.eventlog.looking import raw_connection
from apps.eventlog.wire import as_array, ask, transact

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
odd = st.sampled_from(["", "NULL", '"', "\\", "{}", ",", " ", "\n", 'a"b\\c'])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(texts | odd))
def test_an_array_is_read_as_it_was_written(database: str, written: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [as_array(written)])
        assert cursor.fetchone() == (written,)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("text", "ü '\\", "ü '\\"),
        ("bigint", -(2**40), str(-(2**40))),
        ("boolean", True, "t"),
        ("timestamptz", datetime(2030, 6, 1, 12, 0, 0, 5, UTC), "2030-06-01 12:00:00.000005+00"),
        ("text[]", ("a", ""), '{a,""}'),
        ("text[]", [], "{}"),
        ("text", None, None),
    ],
)
def test_each_kind_of_value(database: str, kind: str, value: object, said: str | None) -> None:
    assert ask(raw_connection(), f"SELECT %s::{kind}", [value]) == [[said]]


def test_more_than_fits_the_buffers_both_ways(database: str) -> None:
    """The server answers the first while the others are still on their way to it."""
    much = "ü" * 2**21
    answers = transact(raw_connection(), [("SELECT %s::text", [much])] * 3)
    assert answers == [[[much]]] * 3


@pytest.mark.parametrize(
    "value", ["a\x00b", ["a\x00b"], ["\x00"], ["a", "b\x00"], ["", "\x00", ""]]
)
def test_what_libpq_would_cut_short_is_refused(database: str, value: object) -> None:
    with pytest.raises(psycopg.DataError, match="NUL"):
        ask(raw_connection(), "SELECT %s::text", [value])


def test_control_libpq_cuts_it_short(database: str) -> None:
    pgconn = raw_connection().pgconn
    assert pgconn.exec_params(b"SELECT $1::text", [b"a\x00b"]).get_value(0, 0) == b"a"
