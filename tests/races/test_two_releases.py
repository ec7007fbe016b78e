"""Processes of the release before and of this one sell seats of the same screening, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from apps.booking.events import SeatsHeld
from apps.booking.specs.examples import on_sale
from apps.booking.specs.hold_seats import hold
from apps.eventlog.commands import Rejected
from apps.eventlog.handling import handle
from tests.history import logged, tell
from tests.races.flights import NOT_YET, SOON, Meanwhile

# What they sent; theirs are the functions of 0004.
LOOK = "SELECT count(event_type) FROM eventlog_look('wish', '{seat:s1/A7}', NULL)"
APPEND = """
SELECT eventlog_append(
    'wish', 'visitor:bob', '', %s, '{t}', '{seat:s1/A7}', NULL, 0,
    '[{"type": "booking.SeatsHeld", "tags": ["seat:s1/A7"], "data": {"screening": "s1",
       "hold": "h9", "visitor": "bob", "seats": ["A7"], "earlier": [],
       "until": "2030-06-01T12:10:00Z"}}]', '{}'
)
"""


@contextmanager
def held_by_the_one_before(database: str, lock: str) -> Iterator[psycopg.Connection]:
    """It has appended, but not yet committed."""
    with psycopg.connect(database) as conn:
        assert conn.execute(LOOK).fetchone() == (0,)
        conn.execute(APPEND, [[lock]])
        yield conn


def test_they_wait_for_each_other(database: str) -> None:
    tell(on_sale())
    with held_by_the_one_before(database, "seat:s1/A7") as conn:
        ours = Meanwhile(lambda: handle(hold("A7"), command_id="ours", actor="visitor:ann"))
        assert not ours.done(NOT_YET)
        conn.commit()
        assert ours.done(SOON)
    assert str(ours.answer) == "A7 went to someone else a moment ago."


def test_control_with_another_lock_they_do_not(database: str) -> None:
    tell(on_sale())
    with held_by_the_one_before(database, "seat:s1/B1"):
        ours = Meanwhile(lambda: handle(hold("A7"), command_id="ours", actor="visitor:ann"))
        assert ours.done(SOON)
    assert ours.answer == 3


def test_what_the_one_before_granted_is_not_granted_again(database: str) -> None:
    tell(on_sale())
    with held_by_the_one_before(database, "seat:s1/A7"):
        pass
    with pytest.raises(Rejected, match="sent before"):  # their digest was empty
        handle(hold("A8"), command_id="wish", actor="visitor:bob")


def test_what_we_granted_the_one_before_does_not_grant_again(database: str) -> None:
    tell(on_sale())
    handle(hold("A8"), command_id="wish", actor="visitor:bob")
    with psycopg.connect(database) as conn, pytest.raises(psycopg.Error, match="already granted"):
        conn.execute(APPEND, [["seat:s1/A7"]])


def test_both_at_once(database: str) -> None:
    """They wait for the receipt of the one before, and find it."""
    tell(on_sale())
    with held_by_the_one_before(database, "seat:s1/A7") as conn:
        ours = Meanwhile(lambda: handle(hold("A8"), command_id="wish", actor="visitor:bob"))
        assert not ours.done(NOT_YET)
        conn.commit()
        assert ours.done(SOON)
    assert isinstance(ours.answer, Rejected)
    assert logged(SeatsHeld)[-1].seats == ("A7",)
