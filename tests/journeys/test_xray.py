"""The x-ray: one window clicks, another one sees what that set in motion."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import assert_accessible_in_any_light
from tests.journeys.conftest import Cinema, press, seat
from tests.journeys.test_booking import pay
from tests.processes import Server

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ASK_AGAIN = """
    async (seats) => {
        const form = document.getElementById("seats"), command = crypto.randomUUID();
        const csrfmiddlewaretoken = form.elements.csrfmiddlewaretoken.value;
        const body = new URLSearchParams({ csrfmiddlewaretoken, seats, command });
        return (await fetch(form.action, { method: "POST", body })).status;
    }
"""


@pytest.fixture
def cinema(screening: str, server: Callable[..., Server]) -> Cinema:
    """One of its own: what is seen here is what anybody does."""
    return Cinema(server().url, screening)


def switch(page: Page) -> Locator:
    return page.get_by_role("button", name="X-ray", exact=True)


def story(page: Page, title: str) -> Locator:
    return page.locator(".xray-story", has=page.get_by_role("heading", name=title))


def step(story: Locator, kind: str, title: str) -> Locator:
    return story.locator(f'[data-kind="{kind}"]', has_text=title).first


def open_drawer(page: Page) -> None:
    switch(page).click()
    expect(page.locator(".xray-line")).to_have_text("live")


def test_one_window_sees_what_the_other_does(cinema: Cinema, new_page: Callable[..., Page]) -> None:
    buyer, watcher = new_page(), new_page()
    watcher.goto(f"{cinema.url}/nowhere/")  # it is on every page
    expect(watcher.locator("#xray")).to_be_hidden()
    open_drawer(watcher)
    expect(switch(watcher)).to_have_attribute("aria-expanded", "true")
    expect(watcher.locator("#xray")).to_contain_text("Hold a seat, here or in another window")
    cinema.open_map(buyer)
    press(buyer, "A7")
    held = story(watcher, "Hold seats A7")
    for kind, title, slice_ in [
        ("command", "HoldSeats", "booking.hold_seats"),
        ("decision", "accepted", "booking.hold_seats"),
        ("event", "SeatsHeld", "booking.hold_seats"),
        ("projection", "seatmap.seat", "seatmap.seat"),
        ("projection", "booking.open_holds", "booking.open_holds"),
        ("frames", "1 frame to 1 viewer", "seatmap.seat"),
    ]:
        told = step(held, kind, title)
        expect(told).to_be_visible(timeout=2000)
        link = told.get_by_role("link")
        expect(link).to_have_attribute("href", f"/event-model/{slice_}/")
    expect(step(held, "decision", "accepted")).to_contain_text(re.compile(r"\d\.\d ms"))

    cinema.open_map(watcher)  # the drawer stays open, and knows what came before
    expect(held).to_be_visible()
    assert watcher.evaluate(ASK_AGAIN, "A7") == 409
    refused = story(watcher, "Change seats A7")
    expect(refused).to_contain_text("refused")
    expect(step(refused, "decision", "rejected")).to_contain_text("A7 went to someone else")

    buyer.get_by_role("link", name="To checkout").click()
    pay(buyer)
    buyer.get_by_role("button", name="Approve").click()
    expect(buyer.get_by_role("heading", name="You are in.")).to_be_visible()
    bought = story(watcher, "Place order A7")
    for kind, title in [
        ("event", "OrderPlaced"),
        ("command", "ReceivePayment"),
        ("event", "SeatsSold"),
        ("automation", "checkout.hand_out_tickets"),
        ("event", "TicketsIssued"),
        ("projection", "checkout.orders"),
    ]:
        expect(step(bought, kind, title)).to_be_visible(timeout=2000)
    order = buyer.url.strip("/").rpartition("/")[2]
    assert order not in watcher.locator("#xray").inner_html()
    watcher.emulate_media(reduced_motion="reduce")
    assert_accessible_in_any_light(watcher)


def test_the_drawers_own_buttons(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    open_drawer(page)
    page.get_by_role("button", name="Pause").click()
    press(page, "A7")
    expect(page.locator(".xray-line")).to_have_text("paused, 1 waiting")
    expect(page.locator(".xray-story")).to_have_count(0)
    page.get_by_role("button", name="Pause").click()
    expect(story(page, "Hold seats A7")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".xray-hint")).to_be_visible()
    page.reload()
    expect(page.locator(".xray-line")).to_have_text("live")
    expect(page.locator(".xray-hint")).to_be_visible()
    page.locator(".xray-log").press("Escape")
    expect(page.locator("#xray")).to_be_hidden()
    expect(switch(page)).to_be_focused()
    page.reload()
    expect(page.locator("#xray")).to_be_hidden()


def test_on_a_phone_it_comes_from_below(cinema: Cinema, new_page: Callable[..., Page]) -> None:
    page = new_page(**PHONE)
    cinema.open_map(page)
    open_drawer(page)
    press(page, "A7")
    expect(seat(page, "A7")).to_have_attribute("data-mine", "")
    expect(story(page, "Hold seats A7")).to_be_visible()
    drawer, basket = page.locator("#xray").bounding_box(), page.locator("#basket").bounding_box()
    assert drawer
    assert basket
    assert (drawer["x"], drawer["width"]) == (0, 390)
    assert basket["y"] + basket["height"] <= drawer["y"] + 1  # nothing is covered
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
