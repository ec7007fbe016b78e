"""How a story looks: one template, the same bytes for every viewer."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from apps.eventlog.traces import Trace
from apps.xray.stories import Story

SLICE = "eventmodel:slice"  # the route to a step's place in the picture
# What is written on a line, as on the boxes of the event model.
WORDS = {
    "automation": "Automation",
    "command": "Command",
    "decision": "Decision",
    "event": "Event",
    "projection": "Read model",
    "frames": "Frames",
}
OUTCOMES = {"accepted": "good", "rejected": "bad", "failed": "bad"}


def draw(story: Story) -> str:
    wish = story.wish
    context = {
        "key": story.key,
        "title": in_words(wish.title),
        "about": about(wish),
        "actor": wish.actor.replace(":", " ") or "nobody",
        "began": timezone.localtime(datetime.fromtimestamp(wish.at, UTC)),
        "milliseconds": story.milliseconds,
        "refused": any(line.title in ("rejected", "failed") for line in story.lines),
        "changed": int(max(line.at for line in story.lines) * 1000),
        "lines": [line_of(trace, story) for trace in story.lines],
    }
    return render_to_string("xray/story.html", context)


def line_of(trace: Trace, story: Story) -> dict[str, Any]:
    by_another = trace.kind == "command" and trace.actor != story.wish.actor
    return {
        "kind": trace.kind,
        "word": WORDS[trace.kind],
        "title": trace.title,
        "outcome": OUTCOMES.get(trace.title, ""),
        "link": link_to(trace.slice) if trace.slice else "",
        "by": trace.actor.replace(":", " ") if by_another else "",
        "positions": in_ranges(trace.positions),
        "facts": sorted(trace.facts, key=lambda fact: "…" in fact[1]),
        "milliseconds": trace.milliseconds,
        "after": after(trace.at - story.lines[0].at),
    }


def about(wish: Trace) -> str:
    """The first of its fields that a person can read."""
    fields = (text for _, text in wish.facts if "…" not in text)
    return next(fields, "") if wish.kind == "command" else ""


def in_words(name: str) -> str:
    """HoldSeats -> Hold seats"""
    return re.sub(r"(?<=[a-z])([A-Z])", r" \1", name).capitalize()


def in_ranges(positions: tuple[int, ...]) -> str:
    """17, 18, 19, 22 -> "17–19, 22" """
    runs: list[list[int]] = []
    for position in positions:
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def after(seconds: float) -> str:
    if seconds < 1:
        return f"+{max(0, seconds) * 1000:.0f} ms"
    return f"+{seconds:.1f} s" if seconds < 60 else f"+{seconds / 60:.0f} min"


@lru_cache
def link_to(name: str) -> str:
    """The slice's place in the event model, if there is such a picture."""
    try:
        return reverse(SLICE, args=[name])
    except NoReverseMatch:
        return ""
