"""Two browsers on one map: each sees what the other does, whatever happens to the line."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from apps.booking.events import SeatsHeld
from tests.journeys.conftest import Cinema, press, seat

# When a seat's label changes its state, by the clock that all pages of this machine share.
WATCH = """
    window.changed = {};
    new MutationObserver((records) => {
        for (const { target } of records) window.changed[target.id] = Date.now();
    }).observe(document.querySelector(".plan"), { subtree: true, attributeFilter: ["data-state"] });
    document.addEventListener("click", ({ target }) => {
        if (target.value) window.changed["pressed-" + target.value] = Date.now();
    }, true);
"""


def test_a_second_browser_sees_each_change_within_250_ms(
    cinema: Cinema, new_page: Callable[..., Page]
) -> None:
    one, two = new_page(), new_page()
    for page in one, two:
        cinema.open_map(page)
        page.evaluate(WATCH)
    delays = []
    for name in ("A1", "A2", "A3", "B4", "B5", "B6", "B7"):
        press(one, name)
        expect(seat(two, name)).to_have_attribute("data-state", "held")
        pressed = one.evaluate(f"window.changed['pressed-{name}']")
        delays.append(two.evaluate(f"window.changed['seat-{name}']") - pressed)
    assert sorted(delays)[-2] < 250, delays  # one may meet a machine that is busy elsewhere


def test_two_browsers_want_one_seat(cinema: Cinema, new_page: Callable[..., Page]) -> None:
    one, two = new_page(), new_page()
    cinema.open_map(one)
    cinema.open_map(two)
    # At the same moment, so that both requests are under way before either answer is seen.
    at = one.evaluate("Date.now() + 1000")
    click = "document.querySelector('#seat-A7 input').click()"
    for page in one, two:
        page.evaluate(f"setTimeout(() => {click}, {at} - Date.now())")
    for page in one, two:
        expect(seat(page, "A7")).to_have_attribute("data-state", "held")
        expect(seat(page, "A7")).not_to_have_attribute("data-busy", "")
    winners = [page for page in (one, two) if seat(page, "A7").get_attribute("data-mine") == ""]
    (loser,) = {one, two} - set(winners)
    assert len(winners) == 1
    expect(loser.locator("#news")).to_contain_text("A7 went to someone else a moment ago.")
    assert len(cinema.logged(SeatsHeld)) == 1
