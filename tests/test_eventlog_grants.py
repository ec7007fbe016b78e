"""manage.py grants: a role that runs the whole box office, and cannot rewrite its log."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.models import Claim
from apps.booking.projections import open_holds
from apps.booking.specs.examples import held, on_sale
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.checkout.automations import hand_out_tickets
from apps.checkout.commands.place_order import PlaceOrder
from apps.checkout.commands.receive_payment import ReceivePayment
from apps.checkout.models import Customer, Order
from apps.eventlog import clock
from apps.eventlog.automations import forget_receipts
from apps.eventlog.commands import Command
from apps.eventlog.handling import handle
from apps.eventlog.models import StoredEvent
from apps.eventlog.projections import catch_up_all
from apps.eventlog.running import Worker
from apps.seatmap.models import Seat
from tests.history import tell

LASTS = timedelta(minutes=10)


@pytest.fixture
def role(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Who all connections from now on act as."""
    name = f"{connection.settings_dict['NAME']}_box_office"
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {name}")
        owner.execute(grants(name).encode())
        connection.close()
        options = connection.settings_dict["OPTIONS"]
        monkeypatch.setitem(options, "options", f"{options['options']} -c role={name}")
        yield name
        connection.close()
        owner.execute(f"DROP OWNED BY {name}")
        owner.execute(f"DROP ROLE {name}")


def grants(role: str) -> str:
    out = StringIO()
    call_command("grants", role, stdout=out)
    return out.getvalue()


def send(command: Command) -> None:
    handle(command, command_id=f"test:{command}", actor="visitor:ann")


def test_it_sells_tickets_and_rebuilds(role: str) -> None:
    tell(movie_added("m1"), auditorium_added("a1"), on_sale())
    Customer.objects.create(id="c1", name="Ann", email="ann@example.com")
    send(HoldSeats("s1", "ann", "h1", ("A7", "A8"), LASTS))
    send(PlaceOrder("o1", "s1", "h1", "ann", ("A7", "A8"), "c1", LASTS))
    send(ReceivePayment("o1", "s1", "h1", ("A7", "A8"), 1900))
    catch_up_all()
    hand_out_tickets(clock.now())
    forget_receipts(clock.now())
    catch_up_all()
    for model in (Claim, Seat, Order):
        model.objects.all().delete()
    call_command("rebuild", verbosity=0)
    assert Order.objects.get().state == "ticketed"
    assert sorted(Seat.objects.values_list("seat", "state")) == [("A7", "sold"), ("A8", "sold")]
    assert Claim.objects.count() == 2
    Customer.objects.all().delete()


def test_it_runs_the_worker(role: str, caplog: pytest.LogCaptureFixture) -> None:
    position = tell(held("A7"))
    worker = Worker()
    worker.start()
    try:
        assert open_holds.wait_for(position, timeout=10)
    finally:
        worker.stop()
    assert not caplog.records  # a job that may not do its work stands still, and says so


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE eventlog_event SET type = 'x'",
        "DELETE FROM eventlog_event",
        "TRUNCATE eventlog_event",
        "UPDATE eventlog_declaredtag SET guarding = NOT guarding",
        "DROP TRIGGER eventlog_append_only ON eventlog_event",
        "ALTER TABLE eventlog_event DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE TRIGGER x BEFORE INSERT ON eventlog_event EXECUTE FUNCTION eventlog_refuse()",
        "CREATE OR REPLACE FUNCTION eventlog_refuse() RETURNS trigger LANGUAGE plpgsql AS ''",
        "DROP TABLE eventlog_event",
        "SELECT setval('eventlog_event_position_seq', 1)",
    ],
)
def test_it_cannot_rewrite_the_log(role: str, change: str) -> None:
    tell(on_sale())
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match=r"denied|owner"):
        cursor.execute(change)
    assert StoredEvent.objects.count() == 1


def test_control_the_owner_is_held_back_by_a_trigger_that_it_can_drop(database: str) -> None:
    tell(on_sale())
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER eventlog_append_only ON eventlog_event")
        cursor.execute("DELETE FROM eventlog_event")
    assert StoredEvent.objects.count() == 0


def test_an_owner_cannot_be_restrained(database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
    with pytest.raises(CommandError, match="no grant restrains it"):
        grants(owner)
