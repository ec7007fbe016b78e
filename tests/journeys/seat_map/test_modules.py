"""The map's scripts under the names that production gives them, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Cinema, press
from tests.test_static_modules import collect


def test_every_module_is_found_by_its_content(cinema: Cinema, page: Page, tmp_path: Path) -> None:
    folder = collect(tmp_path)
    hashed = {f"{path.name.split('.')[0]}.js": path.name for path in folder.glob("*.*.js")}
    asked = set()

    def hand_out(route: Route) -> None:
        """The page knows the plain names; what these scripts import, they say themselves."""
        name = route.request.url.rpartition("/")[2]
        asked.add(name)
        route.fulfill(path=folder / hashed.get(name, name))

    page.route("**/js/seatmap/*", hand_out)
    cinema.open_map(page)
    press(page, "B2")
    expect(page.locator("#basket")).to_contain_text("Row B, seat 2")
    assert asked - hashed.keys() == {*hashed.values()} - {hashed["main.js"]}
