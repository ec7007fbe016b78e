"""How the catalog's older facts take the shape that they have today."""

from typing import Any

from apps.eventlog.events import upcaster


@upcaster("catalog.ScreeningScheduled", "catalog.ScreeningScheduled2")
def say_how_it_is_shown(data: dict[str, Any]) -> dict[str, Any]:
    """Until 0.2 every screening was in 2D and in the movie's own language, which only the movie
    knows: "" says so, and read models look there."""
    return {**data, "format": "2D", "language": "", "subtitles": ""}
