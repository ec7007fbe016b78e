"""Filling a log by COPY, the fastest way in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
from django.db import connection

from apps.eventlog import events
from apps.eventlog.events import Event
from apps.eventlog.looking import raw_connection
from apps.eventlog.models import StoredEvent

COPY = "COPY eventlog_event (type, tags, data, metadata) FROM STDIN"


def load(history: Iterable[Event]) -> None:
    """Append as it is: nothing is decided, and no inline projection runs."""
    with taking_its_time():
        _copy(history)


def load_many(history: Iterable[Event]) -> None:
    """The same for a million: the index on tags is built afterwards, at once."""
    (index,) = StoredEvent._meta.indexes
    with taking_its_time():
        with connection.schema_editor() as schema:
            schema.remove_index(StoredEvent, index)
        _copy(history)
        with connection.schema_editor() as schema:
            schema.add_index(StoredEvent, index)


@contextmanager
def taking_its_time() -> Iterator[None]:
    """A session of its own without the site's time limit; afterwards the planner knows the data."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET maintenance_work_mem = '512MB'")
    yield
    analyze()
    connection.close()


def _copy(history: Iterable[Event]) -> None:
    with raw_connection().cursor() as cursor, cursor.copy(COPY) as copy:
        for line in _lines(history):
            copy.write(line)


def _lines(history: Iterable[Event]) -> Iterator[str]:
    # Nothing in these histories needs escaping.
    for event in history:
        tags = ",".join(tag.text for tag in event.tags())
        data = msgspec.json.encode(event).decode()
        yield f"{events.name_of(type(event))}\t{{{tags}}}\t{data}\t{{}}\n"


def analyze() -> None:
    """Else plans are made for empty tables, and some are kept."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
