"""What the server's lock table must hold: 200 buyers at once, and 300 seats in one command.

PostgreSQL makes room for max_locks_per_transaction x max_connections locks, whoever takes them. A
stock server has 64 x 100 = 6,400, ours from the wheel 256 x 100. A buyer of eight seats takes 13:
the seats, their screening, its schedule, the hold, the visitor, and the barrier. 300 seats in one
command take 305. So 200 buyers need half of a stock server's table. (They are 200 at
once only with 200 connections; as a rule fewer threads serve them, and others wait for a thread.)
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from apps.booking.commands import hold_seats
from apps.booking.commands.hold_seats import MAX_SEATS, HoldSeats
from apps.booking.specs.examples import LASTS, on_sale
from apps.eventlog.handling import handle
from tests.history import tell
from tests.races import servers
from tests.races.flights import append

BUYERS, SCREENINGS = 200, 40
ROWS, NUMBERS = "ABCDEFGHIJKLMNOP", range(1, 26)
PLAN = tuple(f"{row} {'#' * len(NUMBERS)}" for row in ROWS)
SEATS = [f"{row}{number}" for row in ROWS for number in NUMBERS]

CONNECTIONS = 220
# A lock table as big as a stock server's, for more connections.
LOCKS_PER_TRANSACTION = 64 * 100 // CONNECTIONS


def buyers() -> list[HoldSeats]:
    each = len(SEATS) // MAX_SEATS
    return [
        HoldSeats(f"s{nth // each}", f"v{nth}", f"h{nth}", seats_of(nth % each), LASTS)
        for nth in range(BUYERS)
    ]


def seats_of(nth: int) -> tuple[str, ...]:
    return tuple(SEATS[nth * MAX_SEATS : (nth + 1) * MAX_SEATS])


def parties(of: int) -> list[HoldSeats]:
    seats = tuple(SEATS[:of])
    return [HoldSeats(f"s{nth}", "party", f"p{nth}", seats, LASTS) for nth in range(SCREENINGS)]


@pytest.fixture
def stock(programs: Path, django_db_blocker: DjangoDbBlocker, number: int) -> Iterator[str]:
    """A database of such a server, with seats on sale."""
    settings = {
        "max_connections": str(CONNECTIONS),
        "max_locks_per_transaction": str(LOCKS_PER_TRANSACTION),
    }
    with servers.running(programs, **settings) as cluster, django_db_blocker.unblock():
        database = servers.migrated(cluster.url, f"locks_{number}")
        with servers.used(database):
            for nth in range(SCREENINGS):
                tell(msgspec.structs.replace(on_sale(), screening=f"s{nth}", plan=PLAN))
            yield database


@contextmanager
def at_once(database: str, commands: list[HoldSeats]) -> Iterator[psycopg.Connection]:
    """An append of each is held open, until all are rolled back."""
    with ExitStack() as stack:
        opened = [stack.enter_context(psycopg.connect(database)) for _ in commands]
        for conn in opened:
            stack.callback(conn.rollback)
        for conn, command in zip(opened, commands, strict=True):
            append(conn, command)
        yield opened[0]


def test_they_fit_a_stock_server_and_control_what_does_not(
    stock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hold_seats, "MAX_SEATS", len(SEATS))
    with at_once(stock, buyers()) as one:
        locks = one.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
        handle(parties(300)[-1], command_id="party", actor="test")
    assert locks == (13 * BUYERS,)
    # Control: commands with four hundred tags each are too much for it, many at once.
    with pytest.raises(psycopg.errors.OutOfMemory), at_once(stock, parties(len(SEATS))[:-1]):
        pass
