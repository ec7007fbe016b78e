"""Whether HTML is valid, as the Nu Html Checker sees it."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from audit import tools
from audit.cinema import LANGUAGES, House
from audit.pages import pages


@dataclass
class Complaint:
    """What is said of pages; the same of 300 seats, or of every page, is one complaint."""

    message: str
    error: bool
    extract: str  # where first
    times: int = 0
    pages: dict[str, None] = field(default_factory=dict)  # in order, each once

    def __str__(self) -> str:
        kind = "error" if self.error else "warning"
        where = f"{self.times} times, on {', '.join(self.pages)}"
        return f"{kind}: {self.message}\n    {self.extract}\n    {where}"


def passes(house: House) -> bool:
    """Whether no page has an error. Says all that there is to say, warnings too."""
    shown = [page for language in LANGUAGES for page in pages(house, language)]
    said = complaints(shown)
    print(*said, sep="\n", end="\n" * bool(said))
    errors = sum(each.times for each in said if each.error)
    warnings = sum(each.times for each in said) - errors
    print(f"HTML of {len(shown)} pages: {errors} errors, {warnings} warnings.\n", flush=True)
    return not errors


def complaints(pages: Iterable[tuple[str, str]]) -> list[Complaint]:
    """About pages, each with its name and its HTML."""
    with TemporaryDirectory() as folder:
        names = dict[str, str]()
        for number, (name, html) in enumerate(pages):
            path = Path(folder, f"{number}.html")
            path.write_text(html, encoding="utf-8")
            names[path.name] = name
        ended = subprocess.run(
            [*tools.vnu(), "--format", "json", "--exit-zero-always", folder],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    try:
        said = msgspec.json.decode(ended.stderr)["messages"]
    except msgspec.DecodeError:
        raise SystemExit(f"vnu failed: {ended.stderr[-2000:]}{ended.stdout[-2000:]}") from None
    return told(said, names)


def told(messages: list[dict[str, Any]], names: dict[str, str]) -> list[Complaint]:
    """Out of vnu's messages, by the names of files."""
    found = dict[str, Complaint]()
    for each in messages:
        message, extract = each["message"], " ".join(each.get("extract", "").split())
        complaint = found.setdefault(message, Complaint(message, each["type"] != "info", extract))
        complaint.times += 1
        complaint.pages[names[each["url"].rpartition("/")[2]]] = None
    return list(found.values())
