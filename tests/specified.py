"""Every specification of every app, and how those run that need a database."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

from django.apps import apps as installed
from django.db import connection, transaction
from django.db.models import Model

import apps
from apps.eventlog import clock
from apps.eventlog.automations import Automation
from apps.eventlog.projections import Projection, catch_up_all
from apps.eventlog.reading import Reader
from apps.eventlog.specifications import (
    AnySpecification,
    AutomationSpecification,
    TableSpecification,
)
from tests.history import tell

EMPTIED = """
ALTER TABLE eventlog_event DISABLE TRIGGER eventlog_append_only;
{deletions};
ALTER SEQUENCE eventlog_event_position_seq RESTART;
ALTER TABLE eventlog_event ENABLE TRIGGER eventlog_append_only
"""


@cache
def found() -> dict[str, AnySpecification]:
    """By id: "booking.hold_seats: the first seat opens a hold"."""
    return {f"{slice_}: {title}": spec for slice_, title, spec in _found()}


def _found() -> Iterator[tuple[str, str, AnySpecification]]:
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if ".specs." in module.name:
            specs = getattr(importlib.import_module(module.name), "SPECIFICATIONS", {})
            slice_ = module.name.removeprefix("apps.").replace(".specs.", ".")
            yield from ((slice_, title, spec) for title, spec in specs.items())


def of_kind[S](kind: type[S]) -> dict[str, S]:
    return {id_: spec for id_, spec in found().items() if isinstance(spec, kind)}


def empty() -> None:
    """Make the database what it was when it was new; for a fresh one it takes twenty times as long.

    The log refuses that to everybody but who owns it, and to that one but by such a detour. Within
    the transaction: nobody ever sees it without its guard.
    """
    tables = [model._meta.db_table for model in installed.get_models() if _is_ours(model)]
    deletions = ";".join(f"DELETE FROM {table}" for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EMPTIED.format(deletions=deletions))


def _is_ours(model: type[object]) -> bool:
    return model.__module__.startswith("apps.")


def check_automation(spec: AutomationSpecification) -> None:
    """Run it on an empty database. Raises AssertionError with what was added."""
    position = tell(*spec.given)
    catch_up_all()
    automation = next(each for each in Automation.all if each.name == spec.runs)
    for _ in range(2):  # the second run finds its read model as it was, and must add nothing
        automation.act(clock.now())
    added = tuple(event for _, event in Reader(after=position).read())
    assert added == spec.then, f"expected {spec.then!r}, not {added!r}"


def check_table(spec: TableSpecification) -> None:
    """Run it on an empty database. Raises AssertionError with the rows that there are."""
    tell(*spec.given)
    model = installed.get_model(spec.table)
    # Only what keeps the table: others may ask for events that mean nothing to it.
    for projection in (each for each in Projection.all if model in each.models):
        while projection.catch_up():
            pass
    rows = _rows(model)
    assert len(rows) == len(spec.rows), f"expected {len(spec.rows)} rows, not {rows!r}"
    pairs = zip(rows, spec.rows, strict=True)
    shown = tuple({column: row[column] for column in expected} for row, expected in pairs)
    assert shown == spec.rows, f"expected {spec.rows!r}, not {shown!r}"


def _rows(model: type[Model]) -> list[dict[str, object]]:
    """All of them in the order of their keys, foreign keys as what they refer by."""
    keys = [field.name for field in model._meta.pk_fields]
    columns = [field.name for field in model._meta.local_concrete_fields]
    return list(model._default_manager.order_by(*keys).values(*columns))
