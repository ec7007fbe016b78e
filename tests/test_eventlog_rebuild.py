"""manage.py rebuild: read models are as the log says, whatever they were before."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import AutoField, Model

from apps.booking.models import Claim
from apps.booking.specs.examples import held, on_sale, released, sold
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.checkout.specs.examples import placed
from apps.eventlog import inline, pokes, rebuilding
from apps.eventlog.events import Event
from apps.eventlog.projections import Projection, catch_up_all
from apps.eventlog.twins import Twin
from tests.history import tell
from tests.races.flights import Meanwhile
from tests.waiting import until

# Written by hand and not from the log: accounts, addresses that may be erased, the sandbox's books.
NOT_READ_MODELS = {"checkout_customer", "checkout_sandboxsession"}
LOG = ["eventlog_event", "eventlog_receipt", "eventlog_checkpoint"]

DAMAGES = {
    "rows gone": "DELETE FROM {table}",
    "rows altered": "UPDATE {table} SET {column} = {column} || 'x'",
    "rows added": "INSERT INTO {table} SELECT ("
    "jsonb_populate_record({table}, jsonb_build_object('{key}', 'stray', '{column}', 'stray'))).*"
    " FROM {table} LIMIT 1",
}
KILL = "SELECT pg_terminate_backend(%s)"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def kept() -> list[type[Model]]:
    models = [model for projection in Projection.all for model in projection.models]
    return [*models, *inline.folds]


@pytest.fixture
def cinema(database: str) -> None:
    """A history that leaves rows in every table, with the read models up to date."""
    tell(movie_added("m1"), auditorium_added("a1"), on_sale())
    tell(held("A7", "A8"), placed(), held("B1", "B2", by="bob", hold="h2"))
    tell(sold("A7", "A8"), released("B1", by="bob", hold="h2", remaining=("B2",)))
    catch_up_all()


@pytest.fixture(params=["in the switch", "in advance"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is near is filled in the switch itself; here, once all of it and once none."""
    if request.param == "in advance":
        monkeypatch.setattr(rebuilding, "NEAR", 0)
        monkeypatch.setattr(rebuilding, "BATCH", 2)
        monkeypatch.setattr(rebuilding, "WINDOW", 2)


def rows(*tables: str) -> dict[str, list[str]]:
    """All that is stored, as another session sees it."""
    names = tables or (*LOG, *(model._meta.db_table for model in kept()))
    with another_session() as cursor:
        return {name: _rows(cursor, name) for name in names}


def _rows(cursor: CursorWrapper, table: str) -> list[str]:
    cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
    return [row for (row,) in cursor.fetchall()]


@contextmanager
def another_session() -> Iterator[CursorWrapper]:
    other = connection.copy()
    with other.cursor() as cursor:
        yield cursor
    other.close()


def rebuild(*names: str, **options: int) -> str:
    out = StringIO()
    call_command("rebuild", *names, stdout=out, **options)
    return out.getvalue()


def damage(how: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # past the foreign keys
        for model in kept():
            key, *others = [field.column for field in model._meta.local_concrete_fields]
            column = next(name for name in others if name != "seat")
            cursor.execute(DAMAGES[how].format(table=model._meta.db_table, key=key, column=column))


@pytest.mark.usefixtures("cinema", "way")
@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_read_model_is_put_right(how: str) -> None:
    before = rows()
    assert all(before.values())
    damage(how)
    damaged = rows()
    assert [name for name in before if damaged[name] != before[name]] == list(before)[3:]
    said = rebuild()
    assert rows() == before
    assert all(f"of {model._meta.db_table} put right" in said for model in kept())


@pytest.mark.usefixtures("cinema", "way")
def test_an_intact_one_is_left_alone() -> None:
    before = _versions()
    lines = rebuild().splitlines()
    assert len(lines) == len(rebuilding.names())
    assert all(line.endswith("as it was") for line in lines)
    assert _versions() == before


def _versions() -> list[list[tuple[str, str]]]:
    """Where each row lies, and which transaction wrote it."""
    with connection.cursor() as cursor:
        found = []
        for model in kept():
            cursor.execute(f"SELECT ctid::text, xmin::text FROM {model._meta.db_table}")
            found.append(cursor.fetchall())
    return found


@pytest.mark.usefixtures("cinema", "way")
def test_nobody_is_told_and_nobody_sees_it_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    damage("rows gone")
    damaged, seen = rows(), list[bool]()

    def look_first(self: Twin) -> None:
        compare(self)
        seen.append(rows(self.table)[self.table] == damaged[self.table])

    compare = Twin.compare
    monkeypatch.setattr(Twin, "compare", look_first)
    for poke in ("poke", "wake_here"):
        monkeypatch.setattr(pokes, poke, lambda: pytest.fail("poked"))
    rebuild()
    assert seen == [True] * len(kept())
    after = rows()
    assert [after[name] for name in LOG] == [damaged[name] for name in LOG]


@pytest.mark.usefixtures("cinema", "way")
@pytest.mark.parametrize("name", ["catalog", "seatmap_seat"])
def test_killed_half_way_it_changes_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    damage("rows altered")
    before = rows()

    def killed(self: Twin) -> None:
        take_over(self)
        with another_session() as cursor:
            cursor.execute(KILL, [connection.connection.info.backend_pid])
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    take_over = Twin.take_over
    monkeypatch.setattr(Twin, "take_over", killed)
    with pytest.raises(CommandError, match=f"{name} was left as it was"):
        rebuild(name)
    assert rows() == before
    monkeypatch.undo()
    assert "put right" in rebuild(name)


@pytest.mark.usefixtures("cinema")
def test_what_differs_is_quoted_when_asked_for() -> None:
    damage("rows gone")
    assert "    no row\n    -> (s1,A7,h1)\n" in rebuild("booking_claim", verbosity=2)
    damage("rows added")
    assert "stray" not in rebuild("booking_claim")


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        CommandError, match=r"'seats'. There are booking\.open_holds, booking_claim,"
    ):
        rebuild("catalog", "seats")


@pytest.mark.usefixtures("cinema")
def test_it_cannot_run_inside_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="several transactions"):
        rebuild("catalog")


@pytest.mark.usefixtures("cinema")
def test_it_does_not_run_through_a_pooler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sessions would keep the twins, and show them to buyers. The pid tells it."""
    monkeypatch.setattr(psycopg.ConnectionInfo, "backend_pid", 0)
    with pytest.raises(CommandError, match="direct connection"):
        rebuild("catalog")


def wait_for_locks(monkeypatch: pytest.MonkeyPatch, milliseconds: int) -> None:
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "options", f"-c lock_timeout={milliseconds}")


@pytest.mark.usefixtures("cinema")
def test_a_table_that_stays_locked_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for_locks(monkeypatch, milliseconds=50)
    damage("rows altered")
    before = rows()
    with another_session() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE seatmap_seat IN ROW EXCLUSIVE MODE")
        with pytest.raises(CommandError, match="lock timeout"):
            rebuild("seatmap_seat")
    assert rows() == before


@pytest.mark.usefixtures("cinema")
def test_a_projection_waits_for_the_batch_that_is_being_applied(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes: here ten times as long as is waited for other locks."""
    wait_for_locks(monkeypatch, milliseconds=50)
    damage("rows altered")
    with psycopg.connect(database) as worker:
        worker.execute("SELECT FROM eventlog_checkpoint WHERE name = 'catalog' FOR UPDATE")
        rebuilding_it = Meanwhile(lambda: rebuild("catalog"))
        until(lambda: worker.execute(WAITING).fetchone() == (1,))
        assert not rebuilding_it.done(within=0.5)
    assert rebuilding_it.done(within=10)
    assert "put right" in str(rebuilding_it.answer)


@pytest.mark.usefixtures("cinema")
def test_handlers_that_touch_a_foreign_table_are_found_out() -> None:
    """They would have changed the live one."""
    meddling = Projection("test.meddling")

    @meddling.on(type(on_sale()))
    def meddle(event: Event, position: int) -> None:
        Claim.objects.all().delete()

    try:
        meddling.catch_up()
        with pytest.raises(ProgrammingError, match='"booking_claim" does not exist'):
            rebuild("test.meddling")
    finally:
        Projection.all.remove(meddling)


def test_every_table_is_kept_by_one_alone() -> None:
    configs = [each for each in apps.get_app_configs() if each.name.startswith("apps.")]
    ours = [model for each in configs if each.label != "eventlog" for model in each.get_models()]
    tables = {model._meta.db_table for model in ours} - NOT_READ_MODELS
    assert sorted(model._meta.db_table for model in kept()) == sorted(tables)


@pytest.mark.parametrize("model", kept(), ids=lambda model: model._meta.label)
def test_keys_come_from_the_events(model: type[Model]) -> None:
    """A key that the database counts up would come out differently the next time."""
    assert not any(isinstance(field, AutoField) for field in model._meta.pk_fields)
