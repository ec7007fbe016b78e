"""The event model's page: walked, searched, followed, opened; by mouse, keys and thumbs."""

import re
from collections.abc import Callable
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from cinema_site import folder
from tests.journeys.axe import assert_accessible
from tests.journeys.conftest import TIMEOUT, House

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
HOLD = "booking.hold_seats"
EXPIRE = "booking.expire_holds"
FILE = (folder.REPOSITORY / "docs" / "eventmodel.svg").as_uri()


@pytest.fixture(scope="module")
def model(house: House) -> str:
    """Its address, once the server has drawn it: the first look takes a moment."""
    url = f"{house.server.url}/event-model/"
    with urlopen(url, timeout=60) as answer:
        assert answer.status == 200
    return url


def slice_of(page: Page, name: str) -> Locator:
    return page.locator(f'a.slice[data-slice="{name}"]')


def box(page: Page, key: str) -> Locator:
    return page.locator(f'.whole .box[data-key="{key}"]')


def scroll(page: Page) -> Any:
    return page.locator("#model").evaluate("model => [model.scrollLeft, model.scrollTop]")


def scale(page: Page) -> float:
    measured = "svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width"
    return float(page.locator("svg.whole").evaluate(measured))


def test_keys_walk_in_the_order_of_time(model: str, page: Page) -> None:
    page.goto(model)
    names = page.locator("a.slice").evaluate_all("all => all.map(each => each.dataset.slice)")
    page.locator("#model").focus()
    page.keyboard.press("Tab")
    expect(slice_of(page, names[0])).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(slice_of(page, names[2])).to_be_focused()
    page.keyboard.press("End")
    expect(slice_of(page, names[-1])).to_be_focused()
    expect(slice_of(page, names[-1]).locator(".column")).to_be_in_viewport()
    page.keyboard.press("ArrowLeft")
    expect(slice_of(page, names[-2])).to_be_focused()
    page.keyboard.press("Home")
    expect(slice_of(page, names[0])).to_be_focused()
    expect(
        page.get_by_role("link", name=re.compile(r"^1\. Add auditorium, state change: "))
    ).to_be_focused()


def test_a_slice_opens_and_closes(model: str, page: Page) -> None:
    page.goto(model)
    slice_of(page, HOLD).focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", name="Hold seats")).to_be_visible()
    expect(panel).to_contain_text("eight seats are the most")
    expect(panel).to_contain_text("class HoldSeats(Command")
    expect(panel).to_contain_text("visitor's cookie")
    panel.get_by_text("JSON schema of SeatsHeld").click()
    expect(panel.get_by_text('"type": "object"').first).to_be_visible()
    expect(page).to_have_url(f"{model}?slice={HOLD}")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(slice_of(page, HOLD)).to_be_focused()
    expect(page).to_have_url(model)
    page.goto(f"{model}?slice={HOLD}")
    expect(panel.get_by_role("heading", name="Hold seats")).to_be_visible()


def test_a_slice_that_is_long_in_coming_says_so(model: str, page: Page) -> None:
    page.goto(model)
    waiting = list[Route]()
    page.route(f"**/event-model/{HOLD}/", lambda route: waiting.append(route))
    slice_of(page, HOLD).focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Hold seats")
    expect(panel.locator(".leader")).to_be_visible()
    assert_accessible(page)
    first_of(waiting, page).abort()
    expect(panel.get_by_role("alert")).to_contain_text("It did not come.")
    expect(panel.locator(".leader")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(panel.locator(".leader")).to_be_visible()
    first_of(waiting, page).continue_()
    expect(panel).to_contain_text("eight seats are the most")
    close = panel.get_by_role("button", name="Close").bounding_box()
    title = panel.get_by_role("heading", name="Hold seats").bounding_box()
    assert close
    assert title
    assert close["y"] + close["height"] <= title["y"]


def first_of(waiting: list[Route], page: Page) -> Route:
    """The request is on its way here; the page may show that it waits before we hear of it."""
    for _ in range(TIMEOUT // 20):
        if waiting:
            break
        page.wait_for_timeout(20)
    return waiting.pop(0)


def test_a_click_opens_and_a_drag_does_not(model: str, page: Page) -> None:
    page.goto(model)
    first = page.locator("a.slice").first.locator(".head")
    first.hover()
    page.mouse.down()
    page.mouse.move(100, 200, steps=5)
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert scroll(page) != [0, 0]
    page.keyboard.press("Home")
    page.goto(model)
    first.click()
    expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_be_visible()


def test_what_happens_when_a_hold_runs_out(model: str, page: Page) -> None:
    """Asked by somebody who has only the picture."""
    page.goto(model)
    page.get_by_label("Find").press_sequentially("expire hold")
    expect(page.locator("#found")).to_have_text(re.compile(r"\d+ slices\."))
    expect(slice_of(page, EXPIRE)).to_have_class(re.compile("lit"))
    expect(page.locator("a.slice.lit").first.locator(".column")).to_be_in_viewport()
    expect(slice_of(page, "catalog.add_movie")).not_to_have_class(re.compile("lit"))
    page.reload()
    expect(page.get_by_label("Find")).to_have_value("expire hold")
    hits = page.get_by_role("list", name="Slices found").get_by_role("link")
    expect(hits.first).to_have_text(re.compile(r"^\d+\. "))
    assert_accessible(page)
    hits.filter(has_text="Expire holds").focus()
    page.keyboard.press("Enter")
    expect(slice_of(page, EXPIRE)).to_be_focused()
    page.get_by_label("Find").fill("no such word")
    expect(hits).to_have_count(0)
    expect(page.locator("#found")).to_have_text("No slices.")


def test_who_may_sell_a_seat(model: str, page: Page) -> None:
    """Asked by somebody who has only the picture."""
    page.goto(model)
    page.get_by_label("Follow").select_option(label="SeatsSold")
    expect(page.locator("#found")).to_contain_text("SeatsSold: written by ReceivePayment.")
    expect(box(page, "command checkout.ReceivePayment")).to_have_class(re.compile("lit"))
    expect(box(page, "event booking.SeatsSold")).to_be_in_viewport()
    expect(box(page, "event catalog.MovieAdded")).not_to_have_class(re.compile("lit"))
    arrow = (
        '.arrow.lit[data-from="command checkout.ReceivePayment"][data-to="event booking.SeatsSold"]'
    )
    expect(page.locator(arrow)).to_have_count(1)
    box(page, "event booking.SeatsSold").locator(".name").click()
    expect(page.locator(".sifted")).to_have_count(0)
    expect(page).to_have_url(model)


def test_focus_on_one_app(model: str, page: Page) -> None:
    page.goto(model)
    page.get_by_text("Checkout", exact=True).first.click()
    expect(page.get_by_label("Checkout", exact=True)).to_be_checked()
    expect(slice_of(page, "checkout.place_order")).to_have_class(re.compile("lit"))
    expect(slice_of(page, "catalog.add_movie")).not_to_have_class(re.compile("lit"))
    expect(page).to_have_url(f"{model}?app=checkout")
    page.locator("a.slice.lit").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".sifted")).to_have_count(0)
    expect(page.get_by_label("All", exact=True)).to_be_checked()


ROUNDED = 1 / 64 / 8000  # widths are of whole 64ths of a pixel; the drawing's is above 8,000


def test_sizes(model: str, page: Page) -> None:
    page.goto(f"{model}?size=2")
    assert scale(page) == pytest.approx(2, abs=ROUNDED)
    page.get_by_text("Whole").click()
    window = page.locator("#model").evaluate("model => [model.scrollWidth, model.clientWidth]")
    assert window[0] == pytest.approx(window[1], abs=2)
    page.get_by_text("Height").click()
    before = scale(page)
    page.locator("#model").focus()
    page.keyboard.press("+")
    assert scale(page) == pytest.approx(before * 1.25, abs=ROUNDED)
    page.get_by_role("button", name="Smaller").click()
    assert scale(page) == pytest.approx(before, abs=ROUNDED)
    page.locator("#model").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile(r"\?size=0\.\d\d$"))
    assert scale(page) > before


def test_names_and_heads_stay_in_sight(model: str, page: Page) -> None:
    page.goto(model)
    page.locator("#model").evaluate("model => model.scrollTo(1500, 400)")
    corner = "svg => [svg.getBoundingClientRect().x, svg.getBoundingClientRect().y]"
    window = page.locator("#model").evaluate(corner)
    assert page.locator("svg.names").evaluate(corner)[0] == pytest.approx(window[0], abs=2)
    assert page.locator("svg.heads").evaluate(corner)[1] == pytest.approx(window[1], abs=2)


@pytest.mark.parametrize("where", ["", FILE], ids=["page", "file"])
def test_every_text_fits_its_box(model: str, page: Page, where: str) -> None:
    """As this browser sets it, not as we reckoned."""
    page.goto(where or model)
    too_long = page.locator(".event-model :is(.box, .specifications)").evaluate_all(
        """all => all.flatMap(each => {
            const room = each.querySelector("rect").getBBox().width;
            return [...each.querySelectorAll("text")]
              .filter(text => text.getBBox().x + text.getBBox().width > room - 4)
              .map(text => text.textContent);
        })"""
    )
    assert too_long == []


def test_without_javascript(model: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(model)
    expect(page.get_by_role("search")).to_be_hidden()
    page.goto(
        model + (slice_of(page, HOLD).get_attribute("href") or "").removeprefix("/event-model/")
    )
    expect(page.get_by_role("heading", name="Hold seats")).to_be_visible()
    expect(page.locator("main")).to_contain_text("eight seats are the most")
    page.get_by_role("link", name="How a seat is sold").click()
    expect(page).to_have_url(f"{model}?slice={HOLD}")


def test_by_thumb(model: str, new_page: Callable[..., Page]) -> None:
    page = new_page(**PHONE)
    page.goto(model)
    page.locator("a.slice").first.locator(".head").tap()
    expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_be_visible()
    page.get_by_role("button", name="Close").tap()
    expect(page.get_by_role("dialog")).to_be_hidden()
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    small = page.locator(".model-tools :is(input[type=search], select, .chip)").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).filter(each => each.height < 44)"
    )
    assert small == []
