"""Arrays in PostgreSQL's own notation reach the server as they are."""

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.eventlog.wire import as_array

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
odd = st.sampled_from(["", "NULL", '"', "\\", "{}", ",", " ", "\n", 'a"b\\c'])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(texts | odd))
def test_an_array_is_read_as_it_was_written(database: str, written: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [as_array(written)])
        assert cursor.fetchone() == (written,)
