"""What travels before one Sync is one transaction, though nobody says BEGIN or COMMIT."""

from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from psycopg.pq.abc import PGconn

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.models import Claim
from apps.booking.specs.examples import LASTS, on_sale
from apps.eventlog import handling, wire
from apps.eventlog.handling import handle
from apps.eventlog.looking import raw_connection
from apps.eventlog.models import Receipt, StoredEvent
from tests.history import tell

INSERT = "INSERT INTO booking_claim (screening, seat, hold) VALUES (%s, %s, %s)"
CLAIM, OTHER = (INSERT, ("s1", "A7", "h1")), (INSERT, ("s1", "A8", "h1"))
CLAIM_UNLESS_THERE = (f"{INSERT} ON CONFLICT DO NOTHING RETURNING seat", CLAIM[1])
FAILING = ("SELECT 1 / %s::int", (0,))


def hold(*seats: str) -> int:
    command = HoldSeats("s1", "ann", "h1", seats, LASTS)
    return handle(command, command_id=uuid4().hex, actor="visitor:ann")


def rows() -> tuple[int, int, int]:
    return StoredEvent.objects.count(), Receipt.objects.count(), Claim.objects.count()


@pytest.mark.parametrize("nth", range(3))
@pytest.mark.usefixtures("database")
def test_one_failure_takes_all_of_it_back(nth: int) -> None:
    statements: list[wire.Statement] = [CLAIM, OTHER]
    statements.insert(nth, FAILING)
    with pytest.raises(psycopg.errors.DivisionByZero):
        wire.transact(raw_connection(), statements)
    assert not Claim.objects.exists()
    assert wire.transact(raw_connection(), [CLAIM, OTHER]) == [[], []]
    assert Claim.objects.count() == 2


@pytest.mark.usefixtures("database")
def test_a_failing_projection_leaves_no_event() -> None:
    tell(on_sale())
    Claim.objects.create(screening="s1", seat="A7", hold="stale")
    with pytest.raises(DatabaseError, match="booking_claim"):
        hold("A6", "A7")
    assert rows() == (1, 1, 1)
    assert hold("A8") > 0


@pytest.mark.usefixtures("database")
def test_a_failure_to_commit_leaves_nothing() -> None:
    """The statements have all succeeded; the server says so at the Sync."""
    tell(on_sale())
    with connection.cursor() as cursor:
        later = "UNIQUE (hold) DEFERRABLE INITIALLY DEFERRED"
        cursor.execute(f"ALTER TABLE booking_claim ADD CONSTRAINT one_seat_a_hold {later}")
    with pytest.raises(IntegrityError, match="one_seat_a_hold"):
        hold("A6", "A7")
    assert rows() == (1, 1, 0)
    assert hold("A6") > 0


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("synced", [False, True], ids=["before its Sync", "control: after it"])
def test_a_connection_that_is_lost(database: str, synced: bool) -> None:
    """The server has run the statement and said so; only the Sync makes it last."""
    with closing(psycopg.connect(database, autocommit=True)) as conn:
        conn.pgconn.enter_pipeline_mode()
        conn.pgconn.send_query_params(b"INSERT INTO booking_claim VALUES ('s1', 'A7', 'h1')", [])
        conn.pgconn.pipeline_sync() if synced else conn.pgconn.send_flush_request()
        (result,) = conn.wait(psycopg.generators.execute(conn.pgconn))
        assert result.command_status == b"INSERT 0 1"
    again = wire.transact(
        raw_connection(), [CLAIM_UNLESS_THERE]
    )  # waits for what the other becomes
    assert again == [[] if synced else [["A7"]]]


@pytest.mark.usefixtures("database")
def test_control_a_second_sync_splits_it_and_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    tell(on_sale())

    def send_query_prepared(pgconn: PGconn, name: bytes, values: list[bytes | None]) -> None:
        run(pgconn, name, values)
        if name == append:
            pgconn.pipeline_sync()

    run, (append, _) = wire._run, wire._numbered(handling.APPEND)
    with monkeypatch.context() as patched:
        patched.setattr(wire, "_run", send_query_prepared)
        with pytest.raises(wire.Split):
            hold("A7")
    connection.close()
    assert rows() == (2, 2, 0)  # the event without its claims: what the one Sync prevents


@pytest.mark.usefixtures("database")
def test_an_open_transaction_is_refused() -> None:
    """It would be one transaction with what came before, and not be committed."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="a transaction is open"):
        wire.transact(raw_connection(), [CLAIM])
    assert not Claim.objects.exists()


@pytest.mark.usefixtures("database")
def test_what_is_prepared_may_be_forgotten_by_others() -> None:
    """A rollback of Django's does it: psycopg says DEALLOCATE ALL."""
    tell(on_sale())
    assert hold("A6") > 0
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert hold("A7") > 0
    assert Claim.objects.count() == 2


@pytest.mark.usefixtures("database")
def test_a_failure_leaves_nothing_half_prepared() -> None:
    """Behind a failure the server prepares nothing, and nobody believes it did."""
    later = ("SELECT %s::text || 'never sent before'", ("x",))
    for _ in range(2):
        with pytest.raises(psycopg.errors.DivisionByZero):
            wire.transact(raw_connection(), [FAILING, later])
    assert wire.transact(raw_connection(), [later]) == [[["xnever sent before"]]]


@pytest.mark.usefixtures("database")
def test_a_session_that_ends_is_said_so(database: str) -> None:
    tell(on_sale())
    with psycopg.connect(database, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [raw_connection().info.backend_pid])
    with pytest.raises(OperationalError):
        hold("A7")
    connection.close()
    assert rows() == (1, 1, 0)
    assert hold("A7") > 0
