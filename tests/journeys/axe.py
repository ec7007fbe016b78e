"""axe-core over a page: what would keep somebody out fails the test, in words."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()


def assert_accessible(page: Page) -> None:
    """Every rule of axe-core's, best practices included, on the page as it now is."""
    found = AXE.run(page).response["violations"]
    assert not found, "\n\n".join(_told(each) for each in found)


def _told(violation: dict[str, Any]) -> str:
    nodes = [
        f"  {' '.join(map(str, node['target']))}\n    {_why(node)}" for node in violation["nodes"]
    ]
    return "\n".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *nodes])


def _why(node: dict[str, Any]) -> str:
    return "\n    ".join(node["failureSummary"].splitlines()[1:])
