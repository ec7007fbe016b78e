"""What handle() and the projections tell of themselves; and nothing while nobody listens."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NoReturn
from uuid import uuid4

import pytest
from django.db import connection

from apps.booking.commands.expire_hold import ExpireHold
from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.commands.release_seats import ReleaseSeats
from apps.booking.projections import open_holds
from apps.booking.specs.examples import expired, held, on_sale
from apps.checkout.commands.issue_tickets import IssueTickets
from apps.checkout.commands.receive_payment import ReceivePayment
from apps.checkout.events import Ticket
from apps.checkout.specs.examples import BOTH, TICKETS, pinned, placed
from apps.checkout.specs.receive_payment import receive
from apps.eventlog import applying, clock, inline, traces, witness
from apps.eventlog.commands import Command, Rejected
from apps.eventlog.correlations import correlation_of
from apps.eventlog.handling import handle
from apps.eventlog.models import StoredEvent
from apps.eventlog.projections import Projection
from apps.eventlog.traces import Trace
from apps.eventmodel.discovery import slices_by_name
from tests.history import tell
from tests.test_eventlog_handling import Meddled

UNTIL = datetime(2040, 1, 1, tzinfo=UTC)
ANN = "visitor:ann"


@pytest.fixture
def told() -> Iterator[list[Trace]]:
    heard: list[Trace] = []
    traces.listen(heard.append)
    yield heard
    traces.unlisten(heard.append)


def hold(*seats: str, by: str = "ann") -> HoldSeats:
    return HoldSeats("s1", by, "h1" if by == "ann" else "h2", seats, timedelta(minutes=10))


def send(command: Command, command_id: str = "wish", actor: str = ANN) -> int:
    return handle(command, command_id=command_id, actor=actor)


def kinds(told: list[Trace]) -> list[str]:
    return [trace.kind for trace in told]


def the(told: list[Trace], kind: str) -> Trace:
    return next(trace for trace in told if trace.kind == kind)


def test_a_trace_that_fails_changes_nothing(
    database: str, told: list[Trace], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise OSError("the server is away")

    tell(on_sale(UNTIL))
    told.clear()
    monkeypatch.setattr(witness, "correlation_of", fail)
    assert send(hold("A7")) == StoredEvent.objects.latest("position").position
    with pytest.raises(Rejected, match="went to someone else"):
        send(hold("A7", by="bob"), "another wish", "visitor:bob")
    assert told == []


def test_while_nobody_listens_nothing_is_built(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("this costs")

    monkeypatch.setattr(witness.Witness, "__init__", fail)
    monkeypatch.setattr(applying.Applying, "__init__", fail)
    monkeypatch.setattr(traces, "_acting", fail)
    tell(on_sale(UNTIL))
    assert send(hold("A7"))
    assert open_holds.catch_up()
    with traces.act("booking.expire_holds"):
        pass
    traces.listen(fail)  # the control: with a listener each of the three would be built
    try:
        with pytest.raises(AssertionError, match="this costs"):
            send(hold("A8"), "another")
        with pytest.raises(AssertionError, match="this costs"):
            traces.act("booking.expire_holds")
    finally:
        traces.unlisten(fail)


def test_a_granted_command_tells_each_step(database: str, told: list[Trace]) -> None:
    tell(on_sale(UNTIL))
    told.clear()
    position = send(hold("A7", "A8"))
    assert kinds(told) == ["command", "decision", "event", "projection", "projection"]
    assert {trace.correlation for trace in told} == {"wish"}
    command, decision, event, *tables = told
    assert (command.title, command.slice) == ("HoldSeats", "booking.hold_seats")
    assert command.actor == ANN
    assert ("seats", "A7, A8") in command.facts
    assert decision.title == "accepted"
    assert decision.milliseconds
    facts = dict(decision.facts)
    assert facts["read"].startswith("1 event with schedule:s1, visitor:s1/ann, seat:s1/A7")
    assert [part.split()[0] for part in facts["ms"].split(" · ")] == ["look", "decide", "append"]
    assert (event.title, event.positions) == ("SeatsHeld", (position,))
    assert "seat:s1/A7" in dict(event.facts)["tags"]
    assert {table.slice for table in tables} == {"booking.claim", "seatmap.seat"}


def test_a_command_tells_that_it_did_not_look(database: str, told: list[Trace]) -> None:
    tell(on_sale(UNTIL))
    send(hold("A7"), "known")
    told.clear()
    send(hold("A8", by="bob"), actor="visitor:bob")
    facts = dict(told[1].facts)
    assert facts["assumed"].startswith("1 event with schedule:s1, visitor:s1/bob, seat:s1/A8")
    assert [part.split()[0] for part in facts["ms"].split(" · ")] == ["decide", "append"]


def test_each_event_has_its_own_position(database: str, told: list[Trace]) -> None:
    tell(on_sale(UNTIL), held("A7", until=clock.now() - timedelta(hours=1)))
    told.clear()
    last = send(hold("A7", by="bob"), actor="visitor:bob")
    events = [(trace.title, trace.positions) for trace in told if trace.kind == "event"]
    assert events == [("HoldExpired", (last - 1,)), ("SeatsHeld", (last,))]


def test_a_refused_command_tells_why(database: str, told: list[Trace]) -> None:
    tell(on_sale(UNTIL), held("A7", by="bob", hold="h0", until=UNTIL))
    told.clear()
    with pytest.raises(Rejected):
        send(hold("A7"))
    assert kinds(told) == ["command", "decision"]
    assert told[1].title == "rejected"
    assert dict(told[1].facts)["because"] == "A7 went to someone else a moment ago."


def test_repeats_and_nothing_to_do_are_told_apart(database: str, told: list[Trace]) -> None:
    tell(on_sale(UNTIL))
    send(hold("A7"))
    told.clear()
    send(hold("A7"))
    assert [(trace.kind, trace.title) for trace in told][1:] == [("decision", "repeat")]
    told.clear()
    send(ReleaseSeats("s1", "ann", "h1", ("A9",), ("A7",)), "another")
    assert [(trace.kind, trace.title) for trace in told][1:] == [("decision", "nothing to do")]


def test_conflicts_are_counted(database: str, told: list[Trace]) -> None:
    tell(on_sale())
    told.clear()
    send(Meddled(times=2))
    assert ("tries", "3") in the(told, "decision").facts


def test_a_projection_tells_its_rows_once(database: str, told: list[Trace]) -> None:
    tell(on_sale(UNTIL))
    position = send(hold("A7"))
    told.clear()
    while open_holds.catch_up():
        pass
    (trace,) = told
    assert (trace.kind, trace.slice) == ("projection", "booking.open_holds")
    assert trace.positions == (position,)
    assert trace.facts == (("booking_openhold", "1 row"),)
    assert trace.milliseconds


def test_an_automation_is_told_before_its_command(database: str, told: list[Trace]) -> None:
    tell(on_sale(UNTIL), held("A7", until=clock.now() - timedelta(hours=1)))
    told.clear()
    with traces.act("booking.expire_holds"):
        send(ExpireHold("s1", "h1", "ann", ("A7",)), actor="automation:booking")
    assert kinds(told)[:3] == ["automation", "command", "decision"]
    assert (told[0].slice, told[0].facts[0][1]) == ("booking.expire_holds", "issues ExpireHold")


def test_one_who_listens_cannot_break_anything(database: str, told: list[Trace]) -> None:
    def fail(trace: Trace) -> NoReturn:
        raise ZeroDivisionError

    traces.listen(fail)
    try:
        assert tell(on_sale())
    finally:
        traces.unlisten(fail)
    assert told


def test_whole_ids_and_tickets_are_not_told(database: str, told: list[Trace]) -> None:
    order, ticket = uuid4().hex, Ticket("A7", "7KQ4-M2XD")
    with pytest.raises(Rejected):
        send(IssueTickets(order, (ticket,)), f"auto:tickets:{order}", "automation:checkout")
    assert order not in str([trace.facts for trace in told])
    assert dict(the(told, "command").facts) == {
        "order": f"{order[:8]}…",
        "tickets": "A7 7KQ4-…",
    }


# Stories


def correlations() -> list[str]:
    rows = StoredEvent.objects.order_by("position")
    return [row.metadata["correlation"] for row in rows]


def test_what_follows_from_a_wish_is_one_story(database: str) -> None:
    tell(on_sale(UNTIL))
    send(hold(*BOTH), "hold")
    tell(placed(), pinned())
    send(ReceivePayment("o1", "s1", "h1", BOTH, 1900), "bank:o1", "bank")
    send(IssueTickets("o1", TICKETS), "auto:o1", "automation:checkout")
    told = correlations()
    assert told[1] == "hold"
    assert told[2].startswith("test:")
    assert set(told[2:]) == {told[2]}
    assert len(told) > 5


def test_money_for_lost_seats_stays_in_its_own_story(database: str) -> None:
    tell(on_sale(UNTIL), held(*BOTH), placed(), pinned())
    story = correlations()[-1]
    tell(expired(*BOTH))
    send(hold("A7", by="bob"), "bob's", "visitor:bob")  # in the payment's boundary, and newer
    send(receive(), "bank:o1", "bank")
    assert correlations()[-3:] == ["bob's", story, story]


def test_events_from_before_have_the_command_that_wrote_them(database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO eventlog_event (type, tags, data, metadata)"
            """ VALUES ('checkout.OrderPlaced', '{order:o1}', '{}', '{"command_id": "old"}')"""
        )
    boundary = IssueTickets("o1", TICKETS).boundary()
    assert correlation_of("auto:o1", "automation:checkout", boundary) == "old"
    assert correlation_of("web:1", ANN, boundary) == "web:1"


def test_every_step_leads_to_a_slice() -> None:
    names = {projection.name for projection in Projection.all if projection.types}
    names |= {model._meta.label_lower for model in inline.folds}
    names |= {witness.column_of(hold("A7")), witness.column_of(receive())}
    assert {"booking.hold_seats", "seatmap.seat"} < names
    assert names <= slices_by_name().keys()
