"""What a screen reader finds on a page: the accessibility tree, compared with one that was kept.

A new tree, or one that has changed for good, is written by `TREES=write make test` and then read
with care: it is the page as those hear it who do not see it. Days, times and ids change; where a
tree is written, they become patterns.
"""

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, expect

KEPT = Path(__file__).parent / "trees"
LONG = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch"
)
SHORT = r"Today|Heute|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Mo|Di|Mi|Do|Fr|Sa|So"  # before a number alone
MONTH = r"(?: (?:Jan|Jän|Feb|Mar|Mär|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez)[a-z]*)?"
CHANGING = re.compile(
    rf"(\d{{4}}-\d\d-\d\d|\d+:\d\d\b|\b[0-9a-f]{{32}}\b"
    rf"|\b(?:{LONG})(?:,? \d+\.?{MONTH})?|\b(?:{SHORT}),? \d+\.?{MONTH})"
)
NAME = re.compile(r'"((?:[^"\\]|\\.)*)"')


def expect_tree(locator: Locator, name: str) -> None:
    """The tree below `locator` has everything that trees/<name>.yml has, in that order."""
    path = KEPT / f"{name}.yml"
    if os.environ.get("TREES") == "write":
        path.parent.mkdir(exist_ok=True)
        lines = locator.aria_snapshot().splitlines()
        path.write_text("".join(f"{_lasting(line)}\n" for line in lines))
    expect(locator).to_match_aria_snapshot(path.read_text())


def _lasting(line: str) -> str:
    """The line, with a pattern for what is another every time: in a name, or else in a text."""
    name = NAME.search(line)
    if name and line[name.start() - 2] != ":" and CHANGING.search(name[1]):
        return f"{line[: name.start()]}{_pattern(name[1])}{line[name.end() :]}"
    before, mark, text = line.partition(": ")
    if mark and CHANGING.search(text):
        pattern = _pattern(text.strip('"'))
        return f"{before}: '{pattern}'" if ": " in pattern else f"{before}: {pattern}"
    return line


def _pattern(text: str) -> str:
    parts = CHANGING.split(text)
    pattern = "".join(".+" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    return f"/{pattern.replace('/', '.').replace(chr(92) + ' ', ' ')}/"
