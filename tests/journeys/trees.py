"""What a screen reader finds on a page: the accessibility tree, compared with one that was kept.

A new tree, or one that has changed for good, is written by `TREES=write make test` and then read
with care: it is the page as those hear it who do not see it. Times and ids change; where a tree
is written, they become patterns.
"""

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, expect

KEPT = Path(__file__).parent / "trees"
CHANGING = re.compile(r"(\d+:\d\d\b|\b[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]+|\b[0-9a-f]{32}\b)")


def expect_tree(locator: Locator, name: str) -> None:
    """The tree below `locator` has everything that trees/<name>.yml has, in that order."""
    path = KEPT / f"{name}.yml"
    if os.environ.get("TREES") == "write":
        path.parent.mkdir(exist_ok=True)
        lines = locator.aria_snapshot().splitlines()
        path.write_text("".join(f"{_lasting(line)}\n" for line in lines))
    expect(locator).to_match_aria_snapshot(path.read_text())


def _lasting(line: str) -> str:
    """The line, with a pattern for what is another every time."""
    if not CHANGING.search(line):
        return line
    before, mark, text = line.partition(": ")
    if not mark:
        return line
    parts = CHANGING.split(text.strip('"'))
    pattern = "".join(".+" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    return f"{before}: /{pattern.replace('/', '.').replace(chr(92) + ' ', ' ')}/"
