"""From the programme to the ticket in German: on a desk, on a small phone, without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Cinema, press, seat

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# Words of our own that no title and no name has. X-ray is the developers'.
ENGLISH = re.compile(r"\b(your?|seats?|row|pay|until|held|please|free|available|today)\b", re.I)
SHOWN = """() => [document.body.innerText, ...[...document.querySelectorAll("main [aria-label]")]
    .map((each) => each.getAttribute("aria-label"))].join("\\n")"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(
    ("viewport", "scripts"),
    [(DESK, True), (PHONE, True), (PHONE, False)],
    ids=["desk", "phone", "without a script"],
)
def test_a_seat_is_booked_wholly_in_german(
    cinema: Cinema, new_page: Callable[..., Page], viewport: dict[str, int], scripts: bool
) -> None:
    page = new_page(locale="de-DE", viewport=viewport, java_script_enabled=scripts)
    page.goto(cinema.url)
    must_be_german(page)
    page.goto(cinema.map)
    must_be_german(page)
    if scripts:
        cinema.wait_until_live(page)
        press(page, "A7")
        expect(page.locator("#news")).to_contain_text("A7 ist für Sie reserviert.")
    else:
        seat(page, "A7").locator("input").check()
        page.get_by_role("button", name="Angekreuzte Plätze reservieren").click()
    expect(page.locator("#basket")).to_contain_text("Reihe A, Platz 7")
    expect(page.locator("#seat-A7 input")).to_have_accessible_name(re.compile("für Sie reserviert"))
    must_be_german(page)
    page.get_by_role("link", name="Zur Kasse").click()
    page.get_by_label("Name").fill("Mira Okafor")
    page.get_by_label("E-Mail").fill("mira@example.org")
    must_be_german(page)
    page.get_by_role("button", name="9,50 € bezahlen").click()
    must_be_german(page)
    page.get_by_role("button", name="9,50 € freigeben").click()
    while not scripts and page.get_by_role("link", name="Noch einmal nachsehen").is_visible():
        page.get_by_role("link", name="Noch einmal nachsehen").click()
    expect(page.get_by_role("heading", name="Sie sind dabei.")).to_be_visible()
    must_be_german(page)


def must_be_german(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "de")
    shown = page.evaluate(SHOWN)
    assert not ENGLISH.findall(shown), shown
    assert page.evaluate(TOO_WIDE) <= 0, page.url


def test_what_others_do_is_told_in_german(cinema: Cinema, new_page: Callable[..., Page]) -> None:
    german, english = new_page(locale="de-DE"), new_page(locale="en-GB")
    cinema.open_map(german)
    cinema.open_map(english)
    press(english, "A7")
    expect(english.locator("#news")).to_contain_text("A7 is yours.")
    expect(seat(german, "A7")).to_have_attribute("data-state", "held")
    expect(german.locator("#seat-A7 input")).to_have_accessible_name(
        re.compile("^Reihe A, Platz 7, .*gerade reserviert$")
    )


def test_the_choice_of_a_language_stays(cinema: Cinema, new_page: Callable[..., Page]) -> None:
    page = new_page(locale="en-GB", java_script_enabled=False)
    page.goto(f"{cinema.url}/?accessible=1")
    assert ENGLISH.search(page.evaluate(SHOWN))
    page.get_by_role("button", name="Deutsch").click()
    expect(page).to_have_url(f"{cinema.url}/?accessible=1")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto(cinema.map)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(cinema.map)
    expect(page.locator("html")).to_have_attribute("lang", "en-gb")
