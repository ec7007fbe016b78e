"""The days of the programme: what an address may ask for, and the strip to choose from."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

STRIP = 7  # days always offered, films or not
LONGEST_STRIP = 14
REACH = timedelta(days=400)  # how far from today an address may ask

type Address = Callable[[date], str]


def asked(text: str | None, today: date) -> date | None:
    """The day that ?day=2026-11-24 names, today without one, None when there is no such day."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if abs(day - today) <= REACH else None


def strip(
    current: date | None, today: date, films: Mapping[date, int], address: Address
) -> list[dict[str, Any]]:
    """A week from today, later days with films up to two weeks, and the current day if any."""
    week = {today + timedelta(days=n) for n in range(STRIP)}
    later = {day for day in films if today <= day < today + timedelta(days=LONGEST_STRIP)}
    return [
        {
            "date": day,
            "label": gettext("Today") if day == today else date_format(day, "SHORT_WEEKDAY"),
            "number": day.day,
            "count": films.get(day, 0),
            "url": address(day),
            "current": day == current,
        }
        for day in sorted(week | later | ({current} if current else set()))
    ]


def next_day(current: date, films: Mapping[date, int], address: Address) -> dict[str, Any] | None:
    """For a day without films: the first later one that has some."""
    later = min((day for day in films if day > current), default=None)
    if current in films or later is None:
        return None
    return {"date": later, "url": address(later)}


def named(day: date, today: date) -> str:
    """`Today`, `Tomorrow`, else "": such a day has only its date."""
    names = {today: gettext("Today"), today + timedelta(days=1): gettext("Tomorrow")}
    return names.get(day, "")


def label(day: date, today: date) -> str:
    """`Today`, `Tomorrow`, else `Mon 15 June`."""
    return named(day, today) or date_format(day, "SHORT_DAY")
