"""What a hold costs: a fixed number of statements and round trips, whatever the house is like."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg.pq import Trace

from apps.booking.commands.change_seats import ChangeSeats
from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.commands.release_seats import ReleaseSeats
from apps.booking.events import SeatsHeld, SeatsReleased
from apps.catalog.events import ScreeningScheduled
from apps.catalog.specs.examples import SHOWN
from apps.eventlog.commands import Command
from apps.eventlog.handling import handle
from apps.seatmap.projections import seatmap
from tests.history import tell

PLAN = tuple(f"{row} ####################" for row in "ABCDEFGHJKLMNPQ")
SEATS = tuple(f"A{number}" for number in range(1, 9))
LASTS = timedelta(minutes=10)

# One Execute each: the read; the append, booking's claims, the map's rows.
# One Sync each: the read; all the rest. What comes before one Sync is one transaction.
COST = {"Execute": 4, "Sync": 2}

type Spent = Counter[str]


@contextmanager
def spent(path: Path) -> Iterator[Spent]:
    """What goes over the wire to the server in the block, message by message."""
    counted: Spent = Counter()
    connection.ensure_connection()
    pgconn = connection.connection.pgconn
    with path.open("w") as file:
        pgconn.trace(file.fileno())
        pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            yield counted
        finally:
            pgconn.untrace()
    sent = (line.split("\t") for line in path.read_text().splitlines())
    counted.update(parts[2] for parts in sent if parts[0] == "F")


def cost_of(command: Command, path: Path) -> dict[str, int]:
    with spent(path) as counted:
        handle(command, command_id=uuid4().hex, actor="test")
    assert counted["Query"] == 0, "a statement outside the extended protocol"
    return {name: counted[name] for name in COST}


@pytest.fixture
def on_sale(database: str) -> None:
    starts = timezone.now() + timedelta(hours=5)
    tell(ScreeningScheduled("s1", "m1", "Salt", "a1", "Grand", PLAN, starts, 140, 950, *SHOWN))
    seatmap.catch_up()


def _nothing() -> None:
    pass


def _others_hold_much() -> None:
    for row in "BCDEFGHJKLMNPQ":
        for number in range(1, 21):
            tell(
                SeatsHeld("s1", f"h{row}{number}", f"v{number}", (f"{row}{number}",), (), _later())
            )


def _seats_went_to_and_fro() -> None:
    for n in range(100):
        tell(SeatsHeld("s1", f"h{n}", "bob", SEATS, (), _later()))
        tell(SeatsReleased("s1", f"h{n}", "bob", SEATS, (), _later()))


def _a_hold_lapsed() -> None:
    tell(SeatsHeld("s1", "old", "bob", SEATS, (), timezone.now() - timedelta(seconds=1)))


def _later() -> datetime:
    return timezone.now() + LASTS


@pytest.mark.usefixtures("on_sale")
@pytest.mark.parametrize("seats", [SEATS[:1], SEATS], ids=["one seat", "eight seats"])
@pytest.mark.parametrize("before", [_nothing, _others_hold_much, _seats_went_to_and_fro])
def test_a_hold_costs_the_same_whatever_went_before(
    before: Callable[[], None], seats: tuple[str, ...], tmp_path: Path
) -> None:
    before()
    costs = []
    for n in range(8):
        hold, ours = f"new{n}", tuple(seats)
        costs.append(cost_of(HoldSeats("s1", "ann", hold, ours, LASTS), tmp_path / "trace"))
        costs.append(cost_of(ReleaseSeats("s1", "ann", hold, ours, ours), tmp_path / "trace"))
    assert costs == [COST] * 16


@pytest.mark.usefixtures("on_sale")
def test_ending_a_lapsed_hold_costs_two_statements_and_no_round_trip(tmp_path: Path) -> None:
    _a_hold_lapsed()
    cost = cost_of(HoldSeats("s1", "ann", "new", SEATS[:1], LASTS), tmp_path / "trace")
    assert cost == {"Execute": COST["Execute"] + 2, "Sync": COST["Sync"]}


@pytest.mark.usefixtures("on_sale")
def test_changing_seats_costs_two_statements_more_and_no_round_trip(tmp_path: Path) -> None:
    handle(HoldSeats("s1", "ann", "new", SEATS, LASTS), command_id="hold", actor="test")
    others = tuple(f"B{number}" for number in range(1, 9))
    command = ChangeSeats("s1", "ann", "newer", others, SEATS, LASTS)
    cost = cost_of(command, tmp_path / "trace")
    assert cost == {"Execute": COST["Execute"] + 2, "Sync": COST["Sync"]}


@pytest.mark.usefixtures("on_sale")
def test_a_request_adds_the_screening_before_and_the_seats_after(
    client: Client, tmp_path: Path
) -> None:
    sent = []
    for seat in SEATS:
        with spent(tmp_path / "trace") as counted:
            fields = {"seats": [seat], "command": str(uuid4())}
            client.post("/screenings/s1/holds/", fields, headers={"HX-Request": "true"})
        sent.append((counted["Execute"], counted["Sync"], counted["Query"]))
    assert sent[0] == sent[-1] == (COST["Execute"] + 2, COST["Sync"] + 2, 0)
