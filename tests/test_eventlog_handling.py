"""handle(command): what it stores, answers and refuses."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from apps.booking.commands.release_seats import ReleaseSeats
from apps.booking.models import Claim
from apps.booking.specs.examples import held, on_sale, released
from apps.booking.specs.hold_seats import hold
from apps.eventlog import inline
from apps.eventlog.commands import Boundary, Command, History, Rejected
from apps.eventlog.events import Event
from apps.eventlog.handling import MAX_TAGS, Busy, handle, locks_of
from apps.eventlog.models import Receipt, StoredEvent
from apps.eventlog.reading import Reader
from apps.eventlog.tags import TagKind, gathering, guarding
from tests.history import tell

Widget = gathering("test-widget")
Rule = guarding("test-rule")


def send(command: Command, command_id: str = "", actor: str = "visitor:ann") -> int:
    return handle(command, command_id=command_id or uuid4().hex, actor=actor)


def stored() -> list[Event | None]:
    reader, read = Reader(0), []
    while batch := reader.read():
        read += [event for _, event in batch]
    return read


def test_stores_what_was_decided_with_who_asked_for_it(database: str) -> None:
    tell(on_sale())
    position = send(hold("A7", "A8"), "wish-1")
    row = StoredEvent.objects.get(position=position)
    assert row.type == "booking.SeatsHeld"
    assert row.tags == ["screening:s1", "hold:h1", "visitor:s1/ann", "seat:s1/A7", "seat:s1/A8"]
    assert row.metadata == {
        "command": "HoldSeats",
        "command_id": "wish-1",
        "actor": "visitor:ann",
        "correlation": "wish-1",
    }
    assert {claim.seat for claim in Claim.objects.all()} == {"A7", "A8"}


def test_a_repeat_answers_like_the_first(database: str) -> None:
    tell(on_sale())
    first = send(hold("A7"), "wish-1")
    tell(released("A7"))  # what would make a fresh decision come out differently
    assert send(hold("A7"), "wish-1") == first
    assert stored() == [on_sale(), stored()[1], released("A7")]


@pytest.mark.parametrize(("seat", "actor"), [("A8", "visitor:ann"), ("A7", "visitor:bob")])
def test_an_id_is_not_for_something_else(database: str, seat: str, actor: str) -> None:
    tell(on_sale())
    send(hold("A7"), "wish-1")
    with pytest.raises(Rejected, match="sent before with something else"):
        send(hold(seat), "wish-1", actor)
    assert len(stored()) == 2


def test_a_rejection_leaves_no_trace_and_is_not_remembered(database: str) -> None:
    tell(on_sale(), held("A7", by="bob", hold="h0"))
    with pytest.raises(Rejected):
        send(hold("A7"), "wish-1")
    assert (StoredEvent.objects.count(), Receipt.objects.count()) == (2, 1)
    tell(released("A7", by="bob", hold="h0"))
    assert send(hold("A7"), "wish-1") > 0


def test_nothing_to_do_stores_nothing(database: str) -> None:
    tell(held("A7"), released("A7"))
    assert send(ReleaseSeats("s1", "ann", "h1", ("A7",), ("A7",))) == 0
    assert len(stored()) == 2


def test_refuses_to_run_inside_a_transaction(database: str) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        send(hold("A7"))


def test_the_append_needs_read_committed(database: str) -> None:
    nothing = "'x', 'x', 'x', '{}', '{}', '{}', NULL, 0, NULL, NULL, '{}', '{}', '[]', '{}'"
    with psycopg.connect(database) as conn:
        conn.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(psycopg.Error, match="READ COMMITTED"):
            conn.execute(f"SELECT eventlog_append({nothing})")


def test_a_stricter_default_isolation_does_no_harm(database: str) -> None:
    tell(on_sale())
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_isolation = 'serializable'")
    assert send(hold("A7")) > 0


def test_events_and_inline_projections_are_stored_together_or_not_at_all(database: str) -> None:
    tell(on_sale())
    Claim.objects.create(screening="s1", seat="A7", hold="stale")
    with pytest.raises(DatabaseError, match="booking_claim"):
        send(hold("A7"))
    assert stored() == [on_sale()]
    assert send(hold("A8")) > 0  # the connection is none the worse


def test_what_failed_is_not_committed_by_the_next_command(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(on_sale())
    with monkeypatch.context() as patched:
        patched.setattr(inline, "statements", a_bug)
        with pytest.raises(ZeroDivisionError):
            send(hold("A7"))
    assert send(hold("A8", named="h2")) > 0
    assert {claim.seat for claim in Claim.objects.all()} == {"A8"}
    assert len(stored()) == 2


def a_bug(decided: Sequence[Event]) -> Iterator[inline.Statement]:
    yield "SELECT 1", ()
    raise ZeroDivisionError


def test_a_conflict_is_decided_afresh(database: str) -> None:
    tell(on_sale())
    assert send(Meddled(times=2)) > 0
    assert stored() == [on_sale(), *[held("A7", by="bob", hold="h9")] * 2, released("A7")]


def test_conflicts_without_end_are_given_up(database: str) -> None:
    with pytest.raises(Busy):
        send(Meddled(times=1000))
    assert released("A7") not in stored()


class Meddled(Command, frozen=True):
    """Something else writes into its boundary between its read and its append, `times` over."""

    times: int

    def boundary(self) -> Boundary:
        return held("A7", by="bob", hold="h9").tags()

    def decide(self, history: History, now: datetime) -> list[Event]:
        if len(history) < self.times:
            with connection.cursor() as cursor:  # past the claims, which would stop the second
                cursor.execute(MEDDLE, (uuid4().hex, MEDDLING))
        return [released("A7")]


MEDDLE = """
SELECT eventlog_append(
    %s, 'bob', '', '{}', '{}', '{}', NULL, 0, NULL, NULL,
    '{booking.SeatsHeld}', ARRAY['{seat:s1/A7}'], %s::jsonb, '{}'
)
"""
MEDDLING = (
    '[{"screening": "s1", "hold": "h9", "visitor": "bob", "seats": ["A7"], "earlier": [],'
    ' "until": "2030-06-01T12:10:00Z"}]'
)


@pytest.mark.parametrize("change", ["UPDATE {} SET type = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_log_is_append_only(database: str, change: str) -> None:
    tell(on_sale())
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute(change.format("eventlog_event"))
    assert stored() == [on_sale()]


def test_locks_follow_the_kind_of_a_tag() -> None:
    gathers, guards, both = Widget("1"), Rule("1"), Widget("2")

    written = [(Widget("3"), Rule("2"), both)]
    assert locks_of((gathers, guards, both), written) == {
        gathers: True,  # decides by a gathering tag: alone
        guards: False,  # decides by a guarding tag: beside others
        both: True,  # decides and writes
        Widget("3"): False,  # writes a gathering tag: beside others
        Rule("2"): True,  # writes a guarding tag: alone
    }


def test_a_command_may_not_lock_without_bounds() -> None:
    with pytest.raises(ValueError, match="500 tags"):
        locks_of(tuple(Widget(str(nth)) for nth in range(MAX_TAGS + 1)), [])


def test_a_tag_keeps_its_kind() -> None:
    with pytest.raises(ValueError, match="other kind"):
        guarding("test-widget")


@pytest.mark.parametrize("parts", [(), ("",), ("a/b",), ("a\x00",)])
def test_a_tag_has_parts_that_can_be_told_apart(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="not the parts"):
        TagKind("test-widget", False)(*parts)


def test_a_long_log_has_no_plan_compiled(database: str) -> None:
    """The planner expects more of a longer log, and would compile every look and append."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc"
            " WHERE proname IN ('eventlog_view', 'eventlog_append') AND 'jit=off' = ANY(proconfig)"
        )
        assert len(cursor.fetchall()) == 3  # the append of the release before is still there


@pytest.mark.parametrize("kept", [True, False], ids=["one plan", "control: as PostgreSQL likes"])
def test_a_new_log_is_searched_by_its_index(database: str, kept: bool) -> None:
    """A plan for an empty log would read the whole of it, and be kept while it grows."""
    with connection.cursor() as cursor:
        if not kept:
            cursor.execute(
                "SELECT oid::regprocedure FROM pg_proc"
                " WHERE proname IN ('eventlog_view', 'eventlog_append')"
            )
            for (function,) in cursor.fetchall():
                cursor.execute(f"ALTER FUNCTION {function} RESET ALL")
        tell(on_sale())
        send(hold("A7"))
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'eventlog_event'")
        (whole,) = cursor.fetchone()
    assert (whole == 0) == kept
