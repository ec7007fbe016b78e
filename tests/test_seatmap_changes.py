"""Asking what is new on a map: nothing, what changed since, or everything."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.booking.events import SeatsHeld
from apps.catalog.events import ScreeningScheduled
from apps.catalog.specs.examples import SHOWN
from apps.seatmap.models import Seat
from apps.seatmap.projections import seatmap
from tests.history import tell
from tests.test_seatmap_live import PLAN, told

type Ask = Callable[..., str]


@pytest.fixture
def ask(database: str, client: Client) -> Ask:
    """Asks with a question as rules.js makes it, and answers with the text; "" for 204."""
    starts = timezone.now() + timedelta(hours=5)
    tell(ScreeningScheduled("s1", "m1", "Salt", "a1", "Grand", PLAN, starts, 140, 950, *SHOWN))
    seatmap.catch_up()

    def ask(**question: str | int) -> str:
        response = client.get("/screenings/s1/changes/", question)
        assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}
        text = response.content.decode()
        assert response.status_code == (200 if text else 204)
        return text

    return ask


def hold(seat: str) -> int:
    until = timezone.now() + timedelta(minutes=10)
    return tell(SeatsHeld("s1", f"h{seat}", "ann", (seat,), (), until))


def head(text: str, name: str) -> str:
    found = re.match(rf'<div id="live" [^>]*data-{name}(?:="(\w+)")?', text)
    return (found[1] or "yes") if found else ""


def test_who_knows_nothing_is_told_everything(ask: Ask) -> None:
    position = hold("A1")
    questions: list[dict[str, str | int]] = [
        {},
        {"epoch": "", "sum": 0},
        {"since": "x", "sum": "é"},
    ]
    for question in questions:
        answer = ask(**question)
        assert head(answer, "snapshot")
        assert head(answer, "sum") == str(position)
        assert len(told(answer)) == 8
        assert told(answer)["A1"] == ("held", position)


def test_who_knows_everything_is_told_nothing(ask: Ask) -> None:
    position = hold("A1")
    epoch = head(ask(), "epoch")
    assert ask(epoch=epoch, since=position, sum=position) == ""


def test_only_what_changed_is_told(ask: Ask) -> None:
    first = hold("A1")
    epoch = head(ask(), "epoch")
    second = hold("B2")
    answer = ask(epoch=epoch, since=first, sum=first)
    assert told(answer) == {"B2": ("held", second)}
    assert not head(answer, "snapshot")
    assert head(answer, "sum") == str(first + second)


def test_another_epoch_is_told_everything(ask: Ask) -> None:
    position = hold("A1")
    assert head(ask(epoch="another", since=position, sum=position), "snapshot")


def test_what_committed_late_is_found_out_by_the_sum(ask: Ask) -> None:
    """The browser knows of the later change alone; nothing is above it."""
    late, known = hold("A1"), hold("B2")
    epoch = head(ask(), "epoch")
    answer = ask(epoch=epoch, since=known, sum=known)
    assert head(answer, "snapshot")
    assert told(answer)["A1"] == ("held", late)
    later = hold("B3")
    answer = ask(epoch=epoch, since=known, sum=known)
    assert told(answer) == {"B3": ("held", later)}
    assert head(answer, "sum") == str(late + known + later) != str(known + later)


def test_what_a_rebuild_put_right_is_told(ask: Ask) -> None:
    position = hold("A1")
    epoch = head(ask(), "epoch")
    Seat.objects.filter(seat="A1").update(position=position - 1, state="available")
    answer = ask(epoch=epoch, since=position, sum=position)
    assert told(answer)["A1"] == ("available", position - 1)
    assert head(answer, "snapshot")


def test_it_takes_one_query(ask: Ask) -> None:
    hold("A1")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask()
    assert len(queries) == 1


def test_an_unknown_screening_has_no_changes(ask: Ask, client: Client) -> None:
    assert client.get("/screenings/unknown/changes/").status_code == 404
