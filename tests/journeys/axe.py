"""axe-core over a page: what would keep somebody out fails the test, in words."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# All rules, best practices included; this one of WCAG 2.2 is off unless it is asked for.
RULES: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}}
COLOURS: dict[str, Any] = {"runOnly": ["color-contrast", "link-in-text-block"]}
RUN = """options => {
    for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
    // What it would fetch first is for rules that are not run: experimental ones, and of media.
    return axe.run({ ...options, preload: false, resultTypes: ["violations"] });
}"""


def assert_accessible(page: Page, rules: dict[str, Any] = RULES) -> None:
    """Nothing to report on the page as it now is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, rules)["violations"]
    assert not found, "\n\n".join([page.url, *(_told(each) for each in found)])


def assert_accessible_in_any_light(page: Page) -> None:
    """By day, and what the night changes: the colours."""
    page.emulate_media(color_scheme="light")
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, COLOURS)


def _told(violation: dict[str, Any]) -> str:
    nodes = [
        f"  {' '.join(map(str, node['target']))}\n    {_why(node)}" for node in violation["nodes"]
    ]
    return "\n".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *nodes])


def _why(node: dict[str, Any]) -> str:
    return "\n    ".join(node["failureSummary"].splitlines()[1:])
