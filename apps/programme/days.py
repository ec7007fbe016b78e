"""The days of the programme: what an address may ask for, and the strip to choose from. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

STRIP = 7  # days always offered, films or not
LONGEST_STRIP = 14
REACH = timedelta(days=400)  # how far from today an address may ask


def asked(text: str | None, today: date) -> date | None:
    """The day that ?day=2026-11-24 names, today without one, None when there is no such day."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs(day - today) <= REACH else None


def strip(current: date, today: date, films: Mapping[date, int]) -> list[dict[str, Any]]:
    """A week from today, later days with films up to two weeks, and the current day."""
    week = {today + timedelta(days=n) for n in range(STRIP)}
    later = {day for day in films if today <= day < today + timedelta(days=LONGEST_STRIP)}
    return [
        {
            "date": day,
            "label": "Today" if day == today else f"{day:%a}",
            "number": day.day,
            "count": films.get(day, 0),
            "url": url_of(day),
            "current": day == current,
        }
        for day in sorted(week | later | {current})
    ]


def next_day(current: date, films: Mapping[date, int]) -> dict[str, Any] | None:
    """For a day without films: the first later one that has some."""
    later = min((day for day in films if day > current), default=None)
    if current in films or later is None:
        return None
    return {"date": later, "url": url_of(later)}


def url_of(day: date) -> str:
    """Its address, seen from the programme's page."""
    return f"?day={day.isoformat()}"


def label(day: date, today: date) -> str:
    """`Today`, `Tomorrow`, else `Mon 15 June`."""
    if day == today:
        return "Today"
    return "Tomorrow" if day == today + timedelta(days=1) else f"{day:%a} {day.day} {day:%B}"
