"""The map on all screens and for all eyes, and without a script."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import assert_accessible
from tests.journeys.conftest import Cinema, press, seat
from tests.journeys.seat_map.conftest import others_hold
from tests.journeys.trees import expect_tree

LOOK = "seat => getComputedStyle(seat.querySelector('b')).backgroundColor"
PHONE = {"width": 390, "height": 844}
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "400 %": {"viewport": {"width": 320, "height": 256}},
}


@pytest.mark.parametrize("size", SIZES)
def test_every_size_shows_and_holds_seats(
    cinema: Cinema, new_page: Callable[..., Page], size: str
) -> None:
    page = new_page(**SIZES[size], reduced_motion="reduce")  # scrolls at once
    cinema.open_map(page)
    press(page, "B2")
    expect(page.locator("#basket")).to_contain_text("Row B, seat 2")
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0  # the page itself never pans sideways
    box = seat(page, "B3").locator("input").bounding_box()
    assert box
    least = 44 if "has_touch" in SIZES[size] else 24
    assert min(box["width"], box["height"]) >= least
    said, screen = page.locator("#news"), page.locator(".silver")
    expect(said).to_contain_text("B2 is yours.")
    for part in page.locator(".mast"), page.locator("#basket"), seat(page, "B2"), screen:
        assert apart(said, part)
    expect(page.locator(".line-lost")).to_be_hidden()
    if size == "phone":
        assert_accessible(page)


def apart(one: Locator, other: Locator) -> bool:
    """Whether neither lies over the other."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a
    assert b
    beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    return beside or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]


def test_a_phone_pans_and_zooms_the_room(cinema: Cinema, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 280, "height": 653}, has_touch=True, is_mobile=True)
    cinema.open_map(page)
    mini, room = page.locator("#mini"), page.locator(".room")
    expect(mini).to_be_visible()
    box = mini.locator("svg").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 2, box["y"] + 20)
    assert room.evaluate("room => room.scrollLeft") > 100
    press(page, "B8")
    expect(mini.locator('[data-state="ours"]')).to_have_count(1)
    bigger, whole = (page.get_by_role("button", name=name) for name in ("Bigger", "Whole room"))
    for button in page.get_by_role("group", name="Size of the seats").get_by_role("button").all():
        assert min(side(button, "width"), side(button, "height")) >= 44
    assert side(page.locator("summary"), "height") >= 44
    bigger.press("Enter")
    assert side(seat(page, "A8"), "width") > 60
    others_hold(cinema, "A8")
    expect(seat(page, "A8")).to_have_attribute("data-state", "held")
    assert side(seat(page, "A8"), "width") > 60
    expect(bigger).to_be_focused()
    whole.tap()
    assert room.evaluate("room => room.scrollWidth <= room.clientWidth")
    assert side(seat(page, "A1"), "width") < 24
    seat(page, "A1").tap()  # too small to be meant: the finger comes closer, and then it holds
    assert side(seat(page, "A1"), "width") >= 44
    assert room.evaluate("room => room.scrollLeft") == 0
    seat(page, "A1").tap()
    expect(page.locator("#basket")).to_contain_text("Row A, seat 1")
    pinch = "seat => [getComputedStyle(seat).touchAction, visualViewport.scale]"
    assert seat(page, "A1").evaluate(pinch) == ["manipulation", 1]


def test_a_mouse_in_a_small_window_with_small_letters(cinema: Cinema, page: Page) -> None:
    page.set_viewport_size({"width": 280, "height": 653})
    cinema.open_map(page)
    page.evaluate("document.documentElement.style.fontSize = '10px'")
    assert side(seat(page, "B2"), "width") < 24
    press(page, "B2")
    expect(page.locator("#basket")).to_contain_text("Row B, seat 2")


def test_a_window_that_grew_has_the_usual_seats(cinema: Cinema, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    cinema.open_map(page)
    for _ in range(2):
        page.get_by_role("button", name="Bigger").click()
    width = "document.querySelector('.seat').offsetWidth"
    assert page.evaluate(width) > 60
    page.set_viewport_size({"width": 1440, "height": 900})
    assert 24 <= page.evaluate(width) < 60
    expect(page.locator("#zoom")).to_be_hidden()


def side(locator: Locator, name: Literal["width", "height"]) -> float:
    box = locator.bounding_box()
    assert box
    return box[name]


def test_forced_colours_and_reduced_motion(cinema: Cinema, new_page: Callable[..., Page]) -> None:
    page = new_page(forced_colors="active", reduced_motion="reduce")
    cinema.open_map(page)
    press(page, "B2")
    expect(seat(page, "B2")).to_have_attribute("data-mine", "")
    assert seat(page, "B2").evaluate(LOOK) != seat(page, "B3").evaluate(LOOK)
    assert page.evaluate("document.getAnimations().length") == 0
    expect(page.locator("#zoom")).to_be_hidden()  # the whole room is in view


def test_without_a_script_from_the_map_to_the_ticket(
    cinema: Cinema, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(cinema.map)
    page.get_by_role("checkbox", name="Row B, seat 2, available, €9.50").check()
    page.get_by_role("checkbox", name="Row B, seat 3, available, €9.50").check()
    page.get_by_role("button", name="Hold the seats I ticked").click()
    yours = page.get_by_role("checkbox", name="Row B, seat 3, yours")
    expect(yours).to_be_checked()
    expect_tree(page.locator("main"), "map-without-a-script")
    expect_tree(page.locator("#basket"), "map-basket-without-a-script")
    page.get_by_role("button", name="Move").click()
    expect(page.locator("#basket")).to_contain_text("Row B, seats 1 and 2")
    lit = seat(page, "B1").evaluate(LOOK)
    page.get_by_role("checkbox", name="Row B, seat 1, yours").uncheck()
    assert seat(page, "B1").evaluate(LOOK) != lit
    page.get_by_role("checkbox", name="Row A, seat 8, front row, available, €9.50").check()
    page.get_by_role("button", name="Change to the seats I ticked").click()
    expect(page.locator("#basket")).to_contain_text("Row A, seat 8; row B, seat 2")
    page.get_by_role("button", name="Let go of A8").click()
    expect(page.locator("#basket")).to_contain_text("Row B, seat 2")
    page.get_by_role("link", name="To checkout").click()
    page.get_by_label("Name").fill("Mira Okafor")
    page.get_by_label("Email").fill("mira@example.org")
    page.get_by_role("button", name="Pay").click()
    page.get_by_role("button", name="Approve").click()
    while page.get_by_role("link", name="Look again").is_visible():
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()


def test_a_map_that_nobody_has_touched(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    expect(page.get_by_role("grid", name="Seats")).to_be_visible()
    expect_tree(page.locator("main"), "map")
    assert_accessible(page)
