"""Paying, by the views: what the customer sees, what the bank says, and what the log keeps."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.test import Client

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.events import HoldExpired
from apps.booking.specs.examples import on_sale
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.checkout import sandbox
from apps.checkout.events import OrderPlaced, PaymentDeclined, PaymentReceived
from apps.checkout.models import Customer, SandboxSession
from apps.checkout.translations import signature_of
from apps.eventlog import clock
from apps.eventlog.automations import Automation
from apps.eventlog.handling import handle
from apps.eventlog.models import StoredEvent
from apps.eventlog.projections import catch_up_all
from tests.history import logged, tell

SCREENING = uuid4().hex
NOBODYS = "f" * 32
CHECKOUT = f"/screenings/{SCREENING}/checkout/"
MIRA = {"name": "Mira Okafor", "email": "mira@example.org"}


@pytest.fixture
def notices(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the bank wants to tell; the test says when, how often and in which order it arrives."""
    sent: list[bytes] = []
    monkeypatch.setattr(sandbox, "_deliver", lambda url, body: sent.append(body))
    return sent


@pytest.fixture
def visitor(database: str, notices: list[bytes]) -> Client:
    """A visitor for whom a cinema is open."""
    screening = msgspec.structs.replace(
        on_sale(clock.now() + timedelta(days=1)),
        screening=SCREENING,
        movie="mov1",
        auditorium="aud1",
    )
    tell(movie_added(), auditorium_added(), screening)
    return Client()


def hold(client: Client, *seats: str, lasts: timedelta = timedelta(minutes=10)) -> None:
    visitor = visitor_id(client)
    command = HoldSeats(SCREENING, visitor, uuid4().hex, seats, lasts)
    handle(command, command_id=uuid4().hex, actor=f"visitor:{visitor}")


def visitor_id(client: Client) -> str:
    if "visitor" not in client.cookies:
        client.get(CHECKOUT)
    return str(client.cookies["visitor"].value).split(":")[0]


def pay(client: Client, **changes: str) -> Any:
    return client.post(CHECKOUT, MIRA | {"command": str(uuid4())} | changes)


def at_the_bank(client: Client) -> str:
    """Hold two seats and go to the bank with them; the order's id."""
    hold(client, "A7", "A8")
    return str(pay(client).url).split("/")[2]


def answer(client: Client, order: str, decision: str) -> None:
    client.post(f"/bank/{order}/", {"decision": decision})


def deliver(body: bytes, signature: str | None = None) -> int:
    """The cinema's answer to a notice, by default one that the bank has signed."""
    signed = signature_of(body) if signature is None else signature
    headers = {"Bank-Signature": signed}
    return Client().post("/webhooks/bank/", body, "application/json", headers=headers).status_code


def run_automations() -> None:
    catch_up_all()
    for automation in Automation.all:
        automation.act(clock.now())
    catch_up_all()


def order_page(client: Client, order: str) -> str:
    return client.get(f"/orders/{order}/").content.decode()


def test_from_hold_to_tickets(visitor: Client, notices: list[bytes]) -> None:
    hold(visitor, "A7", "A8")
    assert "€19.00" in visitor.get(CHECKOUT).content.decode()
    order = str(pay(visitor).url).split("/")[2]
    assert "Your bank is thinking" in order_page(visitor, order)
    answer(visitor, order, "approve")
    assert deliver(notices[0]) == 200
    assert "Paid. Your tickets are on their way." in order_page(visitor, order)
    run_automations()
    page = order_page(visitor, order)
    assert "You are in." in page
    assert page.count('class="stub"') == 2
    assert page.count("<svg") == 2


def test_events_carry_no_personal_data(visitor: Client) -> None:
    order = at_the_bank(visitor)
    placed = next(event for event in logged(OrderPlaced))
    assert Customer.objects.get(id=placed.customer).email == MIRA["email"]
    for row in StoredEvent.objects.all():
        assert "mira" not in json.dumps([row.data, row.metadata, row.tags]).lower()
    assert "mira" not in order_page(Client(), order).lower()


def test_a_declined_card_keeps_the_seats(visitor: Client, notices: list[bytes]) -> None:
    order = at_the_bank(visitor)
    answer(visitor, order, "decline")
    deliver(notices[0])
    page = order_page(visitor, order)
    assert "Your card was not charged." in page
    assert "Your seats are still yours until" in page
    again = visitor.get(f"{CHECKOUT}?declined")
    assert "Your card was not charged." in again.content.decode()
    assert pay(visitor).url.startswith("/bank/")


def test_the_same_form_twice_is_one_order(visitor: Client) -> None:
    hold(visitor, "A7")
    command = str(uuid4())
    first, second = pay(visitor, command=command), pay(visitor, command=command)
    assert first.url == second.url
    assert len(logged(OrderPlaced)) == 1


def test_going_back_and_paying_again_goes_to_the_same_payment(visitor: Client) -> None:
    order = at_the_bank(visitor)
    assert visitor.get(CHECKOUT).url == f"/bank/{order}/"  # type: ignore[attr-defined]
    assert pay(visitor).url == f"/bank/{order}/"
    assert SandboxSession.objects.count() == 1


def test_going_back_after_paying_shows_the_order(visitor: Client, notices: list[bytes]) -> None:
    order = at_the_bank(visitor)
    answer(visitor, order, "approve")
    deliver(notices[0])
    assert pay(visitor).url == f"/orders/{order}/"
    assert visitor.get(f"/bank/{order}/").url.endswith(f"/orders/{order}/")  # type: ignore[attr-defined]


def test_notices_that_come_twice_change_nothing(visitor: Client, notices: list[bytes]) -> None:
    order = at_the_bank(visitor)
    answer(visitor, order, "approve")
    answer(visitor, order, "approve")
    assert [deliver(notice) for notice in notices * 2] == [200] * 4
    assert len(logged(PaymentReceived)) == 1


def test_the_first_answer_counts(visitor: Client, notices: list[bytes]) -> None:
    order = at_the_bank(visitor)
    answer(visitor, order, "decline")
    answer(visitor, order, "approve")
    for notice in reversed(notices):
        deliver(notice)
    assert not logged(PaymentReceived)


def test_money_for_seats_that_are_gone_goes_back(visitor: Client, notices: list[bytes]) -> None:
    order = at_the_bank(visitor)
    SandboxSession.objects.update(state="expired")
    deliver(msgspec.json.encode({"id": "e1", "order": order}))
    placed = next(event for event in logged(OrderPlaced))
    tell(HoldExpired(SCREENING, placed.hold, placed.visitor, placed.seats))
    answer(visitor, order, "approve")  # a bank that answers too late
    deliver(notices[0])
    assert "Your money is on its way back." in order_page(visitor, order)
    run_automations()
    assert "Your money is back." in order_page(visitor, order)
    assert SandboxSession.objects.get().refunded == f"refund:{order}"


def test_a_payment_never_answered_is_closed_at_the_bank(visitor: Client) -> None:
    order = at_the_bank(visitor)
    catch_up_all()
    closing = next(each for each in Automation.all if each.name == "checkout.close_payments")
    closing.act(clock.now() + timedelta(minutes=11))
    assert SandboxSession.objects.get().state == "expired"
    assert PaymentDeclined(order, "expired") in logged(PaymentDeclined)
    assert "has stopped waiting" in visitor.get(f"/bank/{order}/").content.decode()


def test_a_payment_whose_notice_never_came_is_found_when_closing(
    visitor: Client, notices: list[bytes]
) -> None:
    order = at_the_bank(visitor)
    answer(visitor, order, "approve")
    catch_up_all()
    closing = next(each for each in Automation.all if each.name == "checkout.close_payments")
    closing.act(clock.now() + timedelta(minutes=11))
    assert PaymentReceived(order, 1900) in logged(PaymentReceived)


def test_an_old_order_page_says_what_is_true(visitor: Client, notices: list[bytes]) -> None:
    first = at_the_bank(visitor)
    answer(visitor, first, "decline")
    deliver(notices[0])
    second = str(pay(visitor).url).split("/")[2]
    assert "You are trying once more" in order_page(visitor, first)
    answer(visitor, second, "approve")
    deliver(notices[1])
    page = order_page(visitor, first)
    assert "the seats are yours" in page
    assert f"/orders/{second}/" in page


def test_late_money_for_free_seats_buys_them(visitor: Client, notices: list[bytes]) -> None:
    order = at_the_bank(visitor)
    SandboxSession.objects.update(state="expired")
    deliver(msgspec.json.encode({"id": "e1", "order": order}))
    assert "The bank did not answer in time." in order_page(visitor, order)
    answer(visitor, order, "approve")
    deliver(notices[0])
    assert pay(visitor).url == f"/orders/{order}/"


def test_another_amount_goes_back_and_frees_the_hold(visitor: Client, notices: list[bytes]) -> None:
    order = at_the_bank(visitor)
    SandboxSession.objects.update(amount=1)
    answer(visitor, order, "approve")
    deliver(notices[0])
    run_automations()
    page = order_page(visitor, order)
    assert "Another amount arrived" in page
    assert "€0.01" in page
    assert pay(visitor).url.startswith("/bank/")  # the seats are still held, and may be paid for


def test_what_is_corrected_after_a_refusal_counts(visitor: Client) -> None:
    hold(visitor, "A7")
    command = str(uuid4())
    order = str(pay(visitor, command=command, email="mira@exmaple.org").url).split("/")[2]
    answer(visitor, order, "decline")
    deliver(msgspec.json.encode({"id": "e1", "order": order}))
    refused = pay(visitor, command=command)  # the form of the page one comes back to
    assert refused.status_code == 422
    fresh = re.search(r'name="command" value="([^"]+)"', refused.content.decode())
    assert fresh
    assert pay(visitor, command=fresh[1]).url.startswith("/bank/")
    orders = [event for event in logged(OrderPlaced)]
    emails = [Customer.objects.get(id=each.customer).email for each in orders]
    assert emails == ["mira@exmaple.org", "mira@example.org"]


@pytest.fixture
def no_trace(visitor: Client) -> Iterator[None]:
    """What the test does leaves nothing in the log."""
    before = StoredEvent.objects.count()
    yield
    assert StoredEvent.objects.count() == before


BAD_FORMS = [
    {"name": ""},
    {"name": "x" * 101},
    {"name": "a\x00b"},
    {"email": ""},
    {"email": "mira@example"},
    {"email": "x" * 300 + "@example.org"},
    {"command": "no-uuid"},
    {"command": ""},
]


@pytest.mark.parametrize("garbage", BAD_FORMS, ids=repr)
def test_garbage_in_the_form_is_answered_clearly(
    visitor: Client, garbage: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    hold(visitor, "A7")
    before = StoredEvent.objects.count()
    response = pay(visitor, **garbage)
    assert response.status_code == 422
    assert (
        'class="wrong"' in response.content.decode() or "notice error" in response.content.decode()
    )
    assert StoredEvent.objects.count() == before
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_without_a_hold_there_is_nothing_to_pay(visitor: Client, no_trace: None) -> None:
    assert pay(visitor).url == f"/screenings/{SCREENING}/"


def test_nobody_pays_for_someone_elses_hold(visitor: Client) -> None:
    hold(visitor, "A7")
    before = StoredEvent.objects.count()
    assert pay(Client()).url == f"/screenings/{SCREENING}/"
    assert StoredEvent.objects.count() == before


def test_a_hold_that_ran_out_is_not_paid_for(visitor: Client) -> None:
    hold(visitor, "A7", lasts=timedelta(0))
    assert pay(visitor).url == f"/screenings/{SCREENING}/"


@pytest.mark.parametrize(
    "path",
    [
        f"/screenings/{NOBODYS}/checkout/",
        "/screenings/x/checkout/",
        f"/orders/{NOBODYS}/",
        "/orders/1/",
        f"/bank/{NOBODYS}/",
    ],
)
def test_what_does_not_exist(visitor: Client, no_trace: None, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "signature", "status"),
    [
        (b'{"id": "e1", "order": "o1"}', "", 400),
        (b'{"id": "e1", "order": "o1"}', "00", 400),
        (b'{"id": "e1", "order": "o1"}', "\xe9", 400),
        (b'{"id": "e1", "order": "o1"}', None, 404),
        (b"", None, 400),
        (b"[]", None, 400),
        (b"\xff\x00", None, 400),
        (b'{"id": 1, "order": null}', None, 400),
        (b'{"id": "a\\u0000", "order": "o1"}', None, 400),
        (b'{"id": "e1", "order": "\\u0000"}', None, 400),
    ],
)
def test_notices_that_are_not_the_banks(
    visitor: Client, no_trace: None, body: bytes, signature: str | None, status: int
) -> None:
    assert deliver(body, signature) == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_methods_that_mean_nothing(visitor: Client, no_trace: None, method: str) -> None:
    assert visitor.generic(method, CHECKOUT).status_code == 405


def test_the_bank_wants_a_yes_or_a_no(visitor: Client) -> None:
    order = at_the_bank(visitor)
    assert visitor.post(f"/bank/{order}/", {"decision": "maybe"}).status_code == 400


def test_without_a_bank_nobody_is_sent_anywhere(visitor: Client, settings: Any) -> None:
    hold(visitor, "A7")
    settings.BANK = ""
    response = pay(visitor)
    assert response.status_code == 503
    assert "no bank connected" in response.content.decode()
