"""Finding a film: filters, a search as one types, and how screenings stand, live."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from apps.booking.specs.examples import held, on_sale
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.eventlog.projections import catch_up_all
from tests.history import tell
from tests.journeys.conftest import House, press, seat

LIGHTEST = 60_000  # bytes over the wire for the first view, posters aside
FILMS = {"mov1": "The Salt Meridian", "mov2": "Night Bus to Zoë", "mov3": "Concrete Birds"}


class Home(NamedTuple):
    url: str
    tomorrow: datetime


@pytest.fixture(scope="module")
def served(open_house: Callable[..., AbstractContextManager[House]]) -> Iterator[Home]:
    """One for all of these: they only look, but for the one in which seats of s1 run out."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    tomorrow = noon + timedelta(days=1)
    with open_house(lambda: put_on(tomorrow)) as house, house.inside():
        yield Home(house.server.url, tomorrow)
    assert not house.server.errors(), house.server.errors()


def put_on(noon: datetime) -> None:
    """Three films that day, at 14:00, 18:00 and 22:00, and the first again the day after."""
    tell(auditorium_added("a1", "Attic"))
    for movie, title in FILMS.items():
        added = movie_added(movie, title.lower().replace(" ", "-").replace("ë", "e"))
        tell(msgspec.structs.replace(added, title=title))
    for number, hours in enumerate([2, 6, 10, 24]):
        scheduled = msgspec.structs.replace(
            on_sale(noon + timedelta(hours=hours)),
            screening=f"s{number + 1}",
            movie=list(FILMS)[number % 3],
            format=["2D", "35 mm", "3D", "2D"][number],
        )
        tell(scheduled)
    catch_up_all()


@pytest.fixture
def tomorrow(served: Home) -> datetime:
    """Noon of the day for which the films are on."""
    return served.tomorrow


@pytest.fixture
def home(served: Home) -> str:
    return served.url


def titles(page: Page) -> Locator:
    return page.locator(".film h2")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_choosing_and_typing_change_the_list_at_once(
    home: str, tomorrow: datetime, page: Page
) -> None:
    page.goto(f"{home}/?day={tomorrow:%Y-%m-%d}")
    expect(titles(page)).to_have_count(3)
    page.get_by_label("Format").select_option("35 mm")
    expect(titles(page)).to_have_text(["Night Bus to Zoë"])
    assert query(page) == {"day": [f"{tomorrow:%Y-%m-%d}"], "format": ["35 mm"]}
    page.get_by_label("Time of day").select_option("late")
    expect(page.get_by_role("heading", name="No films match.")).to_be_visible()
    page.get_by_role("link", name="35 mm").click()
    expect(titles(page)).to_have_text(["Concrete Birds"])
    expect(page.get_by_label("Format")).to_be_focused()
    expect(page.get_by_label("Format")).to_have_value("")

    page.get_by_label("Time of day").select_option("")
    search = page.get_by_role("searchbox")
    search.press_sequentially("zoe", delay=40)
    expect(titles(page)).to_have_text(["Night Bus to Zoë"])
    expect(search).to_be_focused()
    expect(page.locator("#tally")).to_have_text("One film")
    assert query(page)["q"] == ["zoe"]

    page.go_back()  # one step, however many letters were typed
    expect(search).to_have_value("")
    expect(titles(page)).to_have_count(3)
    page.go_back()
    expect(page.get_by_label("Time of day")).to_have_value("late")
    expect(titles(page)).to_have_text(["Concrete Birds"])


def test_an_address_shows_the_same_to_somebody_else(
    home: str, new_page: Callable[..., Page]
) -> None:
    one, other = new_page(), new_page()
    one.goto(home)
    one.get_by_role("searchbox").fill("portuguese")
    expect(titles(one)).to_have_count(3)
    one.get_by_label("Format").select_option("2D")
    expect(titles(one)).to_have_text(["The Salt Meridian"])
    other.goto(one.url)
    expect(titles(other)).to_have_text(["The Salt Meridian"])
    expect(other.get_by_role("searchbox")).to_have_value("portuguese")
    expect(other.get_by_label("Format")).to_have_value("2D")
    expect(other.locator(".show .day")).to_have_count(2)


def test_it_works_without_a_script(
    home: str, tomorrow: datetime, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto(home)
    page.get_by_role("link", name="See").click()  # nothing is on today
    page.get_by_label("Format").select_option("3D")
    page.get_by_role("button", name="Show").click()
    expect(titles(page)).to_have_text(["Concrete Birds"])
    assert query(page) == {"day": [f"{tomorrow:%Y-%m-%d}"], "format": ["3D"]}
    page.get_by_role("link", name="3D", exact=False).first.click()
    expect(titles(page)).to_have_count(3)
    page.get_by_role("searchbox").fill("salt")
    page.get_by_role("searchbox").press("Enter")
    expect(titles(page)).to_have_text(["The Salt Meridian"])


def test_all_of_it_is_in_reach_of_the_keyboard(home: str, tomorrow: datetime, page: Page) -> None:
    page.goto(f"{home}/?day={tomorrow:%Y-%m-%d}")
    page.get_by_role("searchbox").focus()
    for name in ["format", "language", "subtitles", "time", "accessible"]:
        page.keyboard.press("Tab")
        expect(page.locator(f"#find [name={name}]")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="No films match.")).to_be_visible()
    expect(page.locator("[name=accessible]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the filter's chip
    expect(titles(page)).to_have_count(3)
    expect(page.locator("[name=accessible]")).to_be_focused()


def test_screenings_say_live_that_seats_run_out(
    home: str, tomorrow: datetime, new_page: Callable[..., Page]
) -> None:
    shows = [
        opened(new_page(viewport={"width": 390, "height": 400}), home + path)
        for path in [f"/?day={tomorrow:%Y-%m-%d}", "/movies/the-salt-meridian/", "/?q=salt"]
    ]
    places = [show.page.evaluate("scrollY") for show in shows]
    hold("many", *(f"A{number}" for number in range(1, 10)))
    buyer = new_page()
    buyer.goto(f"{home}/screenings/s1/")
    expect(buyer.locator(".room:not([data-stale])[data-live]")).to_be_attached()
    press(buyer, "A10")
    expect(seat(buyer, "A10")).to_have_attribute("data-mine", "")
    pressed = time.monotonic()
    for show in shows:
        expect(show.locator(".left")).to_have_text("few seats left: 10")
        expect(show).to_have_attribute("data-state", "few")
    assert time.monotonic() - pressed < 3

    hold("rest", *(f"B{number}" for number in range(1, 11)))
    for show, place in zip(shows, places, strict=True):
        expect(show.locator(".left")).to_have_text("sold out")
        expect(show).to_be_focused()
        assert show.page.evaluate("scrollY") == place


def opened(page: Page, url: str) -> Locator:
    """The first screening there, with the focus on it."""
    page.goto(url)
    show = page.locator("[data-screening=s1]")
    expect(show.locator(".left")).to_have_text("plenty of seats")
    show.focus()
    return show


def hold(name: str, *seats: str) -> None:
    tell(msgspec.structs.replace(held(*seats, hold=name, by=name), screening="s1"))


@pytest.fixture
def weigh(new_page: Callable[..., Page]) -> Callable[[str], int]:
    def over_the_wire(url: str) -> int:
        page = new_page()
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        urls: dict[str, str] = {}
        sizes: dict[str, int] = {}
        line.on(
            "Network.requestWillBeSent",
            lambda e: urls.update({e["requestId"]: e["request"]["url"]}),
        )
        line.on(
            "Network.loadingFinished",
            lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}),
        )
        page.goto(url, wait_until="networkidle")
        return sum(size for each, size in sizes.items() if "/posters/" not in urls[each])

    return over_the_wire


def test_the_first_view_is_light(
    home: str, tomorrow: datetime, weigh: Callable[[str], int]
) -> None:
    for path in [f"/?day={tomorrow:%Y-%m-%d}", "/movies/the-salt-meridian/"]:
        assert 10_000 < weigh(home + path) < LIGHTEST
