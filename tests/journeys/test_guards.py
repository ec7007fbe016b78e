"""What the journeys' own guards see: a fault of each kind, put where there was none."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import trees
from tests.journeys.axe import assert_accessible_in_any_light
from tests.journeys.conftest import TIMEOUT
from tests.journeys.trees import expect_tree

GOOD = """
<!doctype html>
<html lang="en">
  <head>
    <title>Nothing</title>
    <style>
      :root { color-scheme: light dark; }
      html { background: light-dark(#fff, #000); color: light-dark(#000, #fff); }
    </style>
  </head>
  <body>
    <main><h1>Nothing</h1><p>Doors open on Fri 6 November, 20:15.</p></main>
  </body>
</html>
"""
SMALL = '<a href="/">a</a> <a href="/b">b</a></main><style>a { font-size: 9px }</style>'


@pytest.mark.parametrize(
    ("whole", "broken", "rule"),
    [
        ('<html lang="en">', "<html>", "html-has-lang"),
        ("<h1>Nothing</h1>", "", "page-has-heading-one"),
        ("</main>", SMALL, "target-size"),
        ("light-dark(#000, #fff)", "light-dark(#000, #333)", "color-contrast"),  # by night alone
    ],
)
def test_axe_finds(page: Page, whole: str, broken: str, rule: str) -> None:
    page.set_content(GOOD)
    assert_accessible_in_any_light(page)
    page.set_content(GOOD.replace(whole, broken))
    with pytest.raises(AssertionError, match=rule):
        assert_accessible_in_any_light(page)


def test_a_tree_misses_what_is_gone_but_not_the_day(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "KEPT", tmp_path)
    monkeypatch.setenv("TREES", "write")
    page.set_content(GOOD)
    expect_tree(page.locator("main"), "good")
    monkeypatch.delenv("TREES")
    page.set_content(GOOD.replace("Fri 6 November, 20:15", "Sat 28 May, 9:00"))
    expect_tree(page.locator("main"), "good")
    page.set_content(GOOD.replace("<h1>Nothing", "<h1>Everything"))
    expect.set_options(timeout=100)
    try:
        with pytest.raises(AssertionError, match="Nothing"):
            expect_tree(page.locator("main"), "good")
    finally:
        expect.set_options(timeout=TIMEOUT)
