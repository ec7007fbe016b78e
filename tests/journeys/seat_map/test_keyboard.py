"""The map without a mouse: one stop of the Tab key, arrows, Enter, Space and Escape."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from apps.booking.events import SeatsHeld, SeatsReleased
from tests.history import logged
from tests.journeys.conftest import Cinema, seat
from tests.journeys.seat_map.conftest import others_hold, others_let_go

FOCUSED = "document.activeElement.value ?? document.activeElement.id"


def keys(page: Page, *names: str) -> str:
    """Presses them; the seat, or the part of the page, that has the focus then."""
    for name in names:
        page.keyboard.press(name)
    focused: str = page.evaluate(FOCUSED)
    return focused


def tab_to(page: Page, part: str) -> None:
    for _ in range(20):
        if keys(page, "Tab") == part:
            return
    raise AssertionError(f"no Tab leads to {part}")


def test_from_the_map_to_the_ticket(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    tab_to(page, "A1")
    keys(page, "ArrowRight", "ArrowRight", "Enter")
    expect(page.locator("#news")).to_contain_text("A3 is yours.")
    keys(page, "ArrowRight", "Space")
    expect(page.locator("#news")).to_contain_text("A4 is yours.")
    tab_to(page, "to-checkout")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout/")
    for words in ("Mira Okafor", "mira@example.org"):
        tab_to_field(page)
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bank/**")
    page.get_by_role("button", name="Approve").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()


def test_what_the_keys_do_is_told_to_whoever_uses_them(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    seat(page, "A1").click()
    expect(page.locator("#keys")).to_be_hidden()
    keys(page, "ArrowRight")
    expect(page.locator("#keys")).to_be_visible()
    keys(page, "Tab")
    expect(page.locator("#keys")).to_be_hidden()


def tab_to_field(page: Page) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('input:not([type=hidden])')"):
            return
    raise AssertionError("no Tab leads to a field")


def test_arrows_go_where_they_point(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    tab_to(page, "A1")
    assert keys(page, "ArrowDown") == "B1"
    assert keys(page, "ArrowDown") == "C1"  # over the gangway
    assert keys(page, "ArrowDown") == "C1"
    assert keys(page, "End") == "C8"
    assert keys(page, "ArrowUp", "ArrowUp") == "A8"
    assert keys(page, "Home") == "A1"
    assert keys(page, *["ArrowRight"] * 4) == "A5"  # over the aisle
    assert keys(page, "ArrowLeft") == "A4"
    assert keys(page, "Control+End") == "C8"
    assert keys(page, "Control+Home") == "A1"
    assert keys(page, "ArrowDown", "Tab") not in ("B1", "B2")  # the plan is one stop
    assert keys(page, "Shift+Tab") == "B1"  # and remembers where one was


def test_escape_takes_the_tip_away_and_then_the_seat(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    tab_to(page, "A1")
    keys(page, "Enter")
    expect(page.locator("#news")).to_contain_text("A1 is yours.")
    assert tip(page, "A1") == "block"
    keys(page, "Escape")
    assert tip(page, "A1") == "none"
    assert keys(page, "Escape") == "A1"
    expect(page.locator("#news")).to_contain_text("A1 is free again.")
    expect(seat(page, "A1")).to_have_attribute("data-state", "available")


def tip(page: Page, name: str) -> str:
    display: str = seat(page, name).evaluate("seat => getComputedStyle(seat, '::after').display")
    return display


def test_undo_goes_back_and_forth(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    seat(page, "B2").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#news")).to_contain_text("B2 is free again.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#news")).to_contain_text("B2 is yours.")
    assert page.evaluate(FOCUSED) == "B2"
    mine = [e for e in logged(SeatsHeld, SeatsReleased) if e.screening == cinema.screening]
    assert [type(event) for event in mine] == [SeatsHeld, SeatsReleased, SeatsHeld]


def test_two_hundred_updates_move_nothing_and_touch_their_seats_alone(
    cinema: Cinema, page: Page
) -> None:
    page.set_viewport_size({"width": 800, "height": 400})
    page.add_init_script(SHIFTS)
    cinema.open_map(page)
    tab_to(page, "A1")
    keys(page, "ArrowDown", "End")
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(200)
    before = page.evaluate("[scrollX, scrollY, document.querySelector('.room').scrollLeft]")
    with restyled(page) as counts:
        for _ in range(100):
            others_hold(cinema, "A1", "B8")
            others_let_go(cinema, "A1", "B8")
        others_hold(cinema, "B8", "C8")
        expect(seat(page, "C8")).to_have_attribute("data-state", "held")
    assert page.evaluate(FOCUSED) == "B8"
    after = page.evaluate("[scrollX, scrollY, document.querySelector('.room').scrollLeft]")
    assert after == before
    expect(page.locator("#news")).to_have_text("")  # others' doings are not announced
    assert 0 < max(counts) < page.locator(".plan *").count() / 2  # three of 24 seats changed
    assert keys(page, "ArrowLeft") == "B7"
    keys(page, "Enter")
    expect(page.locator("#basket")).to_contain_text("Row B, seat 7")
    assert page.evaluate("shifted") < 0.001


SHIFTS = """
window.shifted = 0;
const add = (entries) => entries.forEach((e) => (shifted += e.hadRecentInput ? 0 : e.value));
const watcher = new PerformanceObserver((list) => add(list.getEntries()));
watcher.observe({ type: "layout-shift", buffered: true });
"""


@contextmanager
def restyled(page: Page) -> Iterator[list[int]]:
    """How many elements were styled anew, each time that the page was drawn in the block."""
    counts: list[int] = []
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    try:
        yield counts
    finally:
        events = json.loads(browser.stop_tracing())["traceEvents"]
    counts += [e["args"]["elementCount"] for e in events if e["name"] == "UpdateLayoutTree"]
