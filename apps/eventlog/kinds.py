"""All releases that share a log must agree on the kinds of its tags.

A writer that takes a tag for gathering and a decider that takes it for guarding would both lock it
shared, and never meet: with two such releases at work, seats are held after a cancellation.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from apps.eventlog import tags
from apps.eventlog.models import DeclaredTag


class Disagreement(Exception):
    """This release takes a tag for another kind than one before it did."""


def agree() -> None:
    """Make this release's tags known, or raise Disagreement. Once a process and database."""
    _agree(connection.settings_dict["NAME"])


@cache
def _agree(database: str) -> None:
    DeclaredTag.objects.bulk_create(
        [DeclaredTag(name=name, guarding=guarding) for name, guarding in tags.declared.items()],
        ignore_conflicts=True,
    )
    if differing := _differing():
        raise Disagreement(_sentence(differing))


def _differing() -> list[str]:
    known = DeclaredTag.objects.values_list("name", "guarding")
    return [name for name, guarding in known if tags.declared.get(name, guarding) != guarding]


def _sentence(differing: Sequence[str]) -> str:
    return f"The kind of a tag cannot change: {', '.join(differing)}. Give it a new name."


@register(Tags.database)
def check_kinds(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """What `manage.py migrate`, so every deployment, looks at first."""
    if not databases or DeclaredTag._meta.db_table not in connection.introspection.table_names():
        return []
    differing = _differing()
    return [Error(_sentence(differing), id="eventlog.E001")] if differing else []
