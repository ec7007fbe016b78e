"""The races run where they say they do."""

from django.db import connection

from tests.races.conftest import DEBIAN


def test_each_version_is_what_it_is_called(database: str, version: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (major,) = cursor.fetchone()
    assert major == 15 if version == DEBIAN else major >= 15  # DATABASE_URL may name an older one
