"""From the programme to the tickets, and everything that people do twice."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from apps.booking.events import SeatsHeld, SeatsReleased, SeatsSold
from apps.checkout.events import OrderPlaced, PaymentReceived
from tests.journeys.conftest import Cinema, press, seat


def test_two_seats_from_start_to_finish(cinema: Cinema, page: Page) -> None:
    page.goto(cinema.programme)
    page.locator(f'a.show[data-screening="{cinema.screening}"]').click()
    expect(page).to_have_url(cinema.map)
    press(page, "A7")
    press(page, "A8")
    expect(page.locator("#basket")).to_contain_text("Row A, seats 7 and 8")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"(10:00|9:\d\d)"))
    page.get_by_role("link", name="To checkout").click()
    pay(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    expect(page.locator(".stub")).to_have_count(2)
    assert [event.seats for event in cinema.logged(SeatsSold)] == [("A7", "A8")]
    page.goto(cinema.map)
    expect(seat(page, "A7")).to_have_attribute("data-state", "sold")


def test_letting_one_go(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    press(page, "A7")
    press(page, "A8")
    press(page, "A7")
    expect(page.locator("#basket")).to_contain_text("Row A, seat 8")
    expect(seat(page, "A7")).to_have_attribute("data-state", "available")
    page.get_by_role("button", name="Let go of A8").click()
    expect(page.locator("#basket")).not_to_contain_text("Row")
    assert [event.seats for event in cinema.logged(SeatsReleased)] == [("A7",), ("A8",)]


def test_a_declined_card_can_be_tried_again(cinema: Cinema, page: Page) -> None:
    hold_and_go_to_checkout(cinema, page, "A7")
    pay(page)
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_role("heading", name="Your card was not charged.")).to_be_visible()
    page.get_by_role("link", name="Try again").click()
    pay(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()


def test_a_double_click_holds_once(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    seat(page, "A7").dblclick()
    expect(page.locator("#basket")).to_contain_text("Row A, seat 7")
    expect(seat(page, "A7")).to_have_attribute("data-mine", "")
    assert len(cinema.logged(SeatsHeld)) == 1
    assert not cinema.logged(SeatsReleased)


def test_a_double_click_pays_once(cinema: Cinema, page: Page) -> None:
    hold_and_go_to_checkout(cinema, page, "A7")
    fill_in(page)
    page.get_by_role("button", name="Pay").dblclick()
    page.get_by_role("button", name="Approve").dblclick()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    assert len(cinema.logged(OrderPlaced)) == 1
    assert len(cinema.logged(PaymentReceived)) == 1


def test_a_resent_form_pays_once(cinema: Cinema, page: Page) -> None:
    hold_and_go_to_checkout(cinema, page, "A7")
    fill_in(page)
    fields = page.locator("form.split input").evaluate_all(
        "inputs => Object.fromEntries(inputs.map(input => [input.name, input.value]))"
    )
    pay(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    again = page.request.post(f"{cinema.map}checkout/", form=fields, headers={"Referer": page.url})
    assert "You are in." in again.text()
    assert len(cinema.logged(OrderPlaced)) == 1


def test_browser_back_neither_books_nor_pays_twice(cinema: Cinema, page: Page) -> None:
    hold_and_go_to_checkout(cinema, page, "A7")
    checkout = page.url
    pay(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    order = page.url
    page.go_back()  # the bank, which has its answer
    expect(page).to_have_url(order)
    page.goto(checkout)
    expect(page).to_have_url(order)
    page.goto(cinema.map)
    expect(seat(page, "A7").locator("input")).to_be_disabled()
    assert (len(cinema.logged(SeatsHeld)), len(cinema.logged(OrderPlaced))) == (1, 1)


def test_a_hold_that_runs_out_gives_the_seats_back(
    screening: str, server: Callable[..., object], new_page: Callable[..., Page]
) -> None:
    cinema = Cinema(server(HOLD_MINUTES="0.04").url, screening)  # type: ignore[attr-defined]
    page, other = new_page(), new_page()
    cinema.open_map(page)
    cinema.open_map(other)
    press(page, "A7")
    expect(seat(other, "A7")).to_have_attribute("data-state", "held")
    expect(page.locator("#news")).to_contain_text("Your hold ran out")
    for each in page, other:
        expect(seat(each, "A7")).to_have_attribute("data-state", "available")
    press(other, "A7")
    expect(seat(other, "A7")).to_have_attribute("data-mine", "")


def hold_and_go_to_checkout(cinema: Cinema, page: Page, name: str) -> None:
    cinema.open_map(page)
    press(page, name)
    page.get_by_role("link", name="To checkout").click()


def pay(page: Page) -> None:
    fill_in(page)
    page.get_by_role("button", name="Pay").click()


def fill_in(page: Page) -> None:
    page.get_by_label("Name").fill("Mira Okafor")
    page.get_by_label("Email").fill("mira@example.org")
