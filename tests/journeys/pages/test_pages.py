"""Every page and state, few of the seat map: nothing that keeps somebody out, and what it says."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.journeys.axe import assert_accessible_in_any_light
from tests.journeys.pages.house import House
from tests.journeys.pages.states import WALKS, Walk
from tests.journeys.trees import expect_tree

LOOKS: dict[str, dict[str, Any]] = {
    "English": {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}},
    "German": {
        "locale": "de-DE",
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
    },
}
GERMAN_TREES = {"programme", "movie", "map", "checkout", "ticket"}
# Of these pages a part is kept: the rest is the code's, or Django's.
PARTS = {
    "not-found": "body",
    "x-ray": "#xray",
    "event-model": ".model-tools",
    "event-model-followed": "details.guide",
    "slice": ".slice-detail > header",
}
OTHERS = {"admin", "admin-list", "admin-auditorium", "map"}  # whose own journeys keep it
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
@pytest.mark.parametrize("language", LOOKS)
def test_keeps_nobody_out(
    house: House, new_page: Callable[..., Page], language: str, walk: Walk
) -> None:
    page = new_page(reduced_motion="reduce", **LOOKS[language])
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # Chromium tells of every answer from 400 on, and htmx of one that did not come.
        expected = message.text.startswith(("Failed to load resource", "htmx:"))
        if message.type in ("error", "warning") and not expected:
            complaints.append(message.text)

    page.on("console", listen)
    for state in walk(house, page):
        assert_accessible_in_any_light(page)
        assert page.evaluate(TOO_WIDE) <= 0, state
        tree = page.locator(PARTS.get(state, "main"))
        if language == "English" and state not in OTHERS:
            expect_tree(tree, state)
        elif language == "German" and state in GERMAN_TREES:
            expect_tree(tree, f"german/{state}")
    assert not complaints, complaints
