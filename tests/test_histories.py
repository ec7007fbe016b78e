"""What every released version stored can be read by this one, and every read model comes of it.

`histories/<version>.jsonl` has a line an event, in its stored form. Lines of released versions are
never changed. An event of a new type, or one stored under a new name, gets its line in the file of
the version that is in the making. A cinema that came to a version by updates has all before it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from apps.eventlog import events, inline
from apps.eventlog.projections import Projection, catch_up_all
from apps.eventlog.reading import Reader

HISTORIES = sorted(Path(__file__).with_name("histories").glob("*.jsonl"))
versions = pytest.mark.parametrize("history", HISTORIES, ids=lambda path: path.stem)


def lines(history: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, history.read_text().splitlines())


def lines_up_to(history: Path) -> list[dict[str, Any]]:
    """What the log of a cinema holds that was there from the first version to this one."""
    upto = HISTORIES[: HISTORIES.index(history) + 1]
    return [line for each in upto for line in lines(each)]


def store(history: Path) -> None:
    """As a restore would: nothing but the log."""
    with connection.cursor() as cursor:
        for line in lines_up_to(history):
            cursor.execute(
                "INSERT INTO eventlog_event (type, tags, data, metadata) VALUES (%s, %s, %s, '{}')",
                [line["type"], line["tags"], json.dumps(line["data"])],
            )


def test_every_event_is_recorded() -> None:
    recorded = {line["type"] for history in HISTORIES for line in lines(history)}
    ours = [name for name, cls in events.types.items() if cls.__module__.startswith("apps.")]
    assert [name for name in ours if name not in recorded] == []


@versions
def test_every_event_can_be_read(database: str, history: Path) -> None:
    """Its tags are those of today: what decides by them finds old events and new ones alike."""
    store(history)
    read = [event for _, event in Reader(0).read()]
    tags = [[tag.text for tag in event.tags()] for event in read if event]
    assert tags == [line["tags"] for line in lines_up_to(history)]


@versions
def test_a_shape_never_changes_under_its_name(history: Path) -> None:
    """Else it would take a new name, and an upcaster from the old one."""
    for line in lines(history):
        if line["type"] in events.types:
            event = events.decode(line["type"], json.dumps(line["data"]))
            assert json.loads(msgspec.json.encode(event)) == line["data"]


@versions
def test_every_read_model_comes_of_it(database: str, history: Path) -> None:
    store(history)
    catch_up_all()
    call_command("rebuild", verbosity=0)
    models = [model for projection in Projection.all for model in projection.models]
    empty = [model for model in [*models, *inline.folds] if not model._default_manager.exists()]
    assert empty == list[type[Model]]()
