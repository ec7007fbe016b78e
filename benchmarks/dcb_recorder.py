"""handle(HoldSeats) against the DCB recorder (PostgreSQL) of PyPI's eventsourcing.

The same decision by the same code: read the boundary by tags, decide, append with the condition
that nothing of it came in between, again if something did. It keeps no seat rows, claims or
receipts, which ours does in the same transaction, and takes the time from its process.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import batched
from threading import Lock

import msgspec
from django.db import connection
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.dcb.postgres_tt import PostgresDCBRecorderTT
from eventsourcing.persistence import IntegrityError
from eventsourcing.postgres import PostgresDatastore

from apps.booking.commands.hold_seats import HoldSeats
from apps.eventlog import events
from apps.eventlog.commands import items_of
from apps.eventlog.events import Event
from benchmarks.cinema import SCREENINGS, SHAPES
from benchmarks.comparing import Row, compare_rates
from benchmarks.crew import crew
from benchmarks.histories import history
from benchmarks.loading import analyze
from benchmarks.ours import USED, holding

TARGET = 2.0
ATTEMPTS = 10

_one_at_a_time = Lock()


def hold(command: HoldSeats) -> None:
    for _ in range(ATTEMPTS):
        try:
            return attempt(command)
        except IntegrityError:
            continue
    raise RuntimeError("too many conflicts")


def attempt(command: HoldSeats) -> None:
    items = items_of(command.boundary())
    boundary = DCBQuery([DCBQueryItem(tags=[tag.text for tag in item.tags]) for item in items])
    seen = recorder().read(boundary)
    history = [events.decode(found.event.type, found.event.data) for found in seen]
    decided = command.decide(history, datetime.now(UTC))
    unchanged = DCBAppendCondition(boundary, after=seen.head)
    recorder().append([stored(event) for event in decided], unchanged)


def stored(event: Event) -> DCBEvent:
    tags = [tag.text for tag in event.tags()]
    return DCBEvent(events.name_of(type(event)), msgspec.json.encode(event), tags)


def recorder() -> PostgresDCBRecorderTT:
    """One a process, with a connection for each of its threads."""
    with _one_at_a_time:
        return _recorder(connection.settings_dict["NAME"])


@cache
def _recorder(database: str) -> PostgresDCBRecorderTT:
    server = connection.settings_dict
    datastore = PostgresDatastore(
        dbname=database,
        host=server["HOST"],
        port=server["PORT"],
        user=server["USER"],
        password="",
        pool_size=4,
    )
    datastore.pool.open()
    return PostgresDCBRecorderTT(datastore)


def rows() -> Iterator[Row]:
    for shape in SHAPES:
        with holding(shape) as (ours, url):
            put_on_sale()
            with crew("benchmarks.dcb_recorder.hold", shape, url) as theirs:
                name = f"hold 3 seats, holds/s, {shape.name}: eventsourcing's DCB recorder"
                yield compare_rates(name, ours.rate, theirs.rate, TARGET)


def put_on_sale() -> None:
    recorder().create_table()
    for told in batched(history(USED, unsold=SCREENINGS), 1000):
        recorder().append([stored(event) for event in told])
    recorder().datastore.close()
    analyze()
