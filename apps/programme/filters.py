"""What a visitor wants to see, as the address says it; and the address of every change to it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.programme import words

LONGEST = 80  # characters of a value
NONE = "none"  # instead of a language: no subtitles
# By the hour in which a screening starts; late is also what starts after midnight.
TIMES = {
    "morning": (_("Morning"), _("before 12:00"), range(5, 12)),
    "afternoon": (_("Afternoon"), _("12:00 to 17:00"), range(12, 17)),
    "evening": (_("Evening"), _("17:00 to 21:00"), range(17, 21)),
    "late": (_("Late"), _("from 21:00"), [*range(21, 24), *range(5)]),
}


@dataclass(frozen=True)
class Filters:
    """The names are those in the address. "" filters nothing."""

    q: str = ""
    format: str = ""
    language: str = ""
    subtitles: str = ""
    time: str = ""
    accessible: str = ""

    @classmethod
    def of(cls, address: QueryDict) -> "Filters":
        """Values that there are none of stay: the visitor sees them, and can take them away."""
        typed = {each.name: address.get(each.name, "") for each in fields(cls)}
        tidy = {name: " ".join(value.split())[:LONGEST] for name, value in typed.items()}
        tidy["time"] = tidy["time"] if tidy["time"] in TIMES else ""
        tidy["accessible"] = "1" if tidy["accessible"] else ""
        return cls(**tidy)

    @property
    def used(self) -> dict[str, str]:
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}

    @property
    def words(self) -> list[str]:
        return words.asked(self.q)

    def without(self, *names: str) -> "Filters":
        return replace(self, **dict.fromkeys(names, ""))

    def address(self, day: date | None = None) -> str:
        """Of the programme that they filter, on that day (None: today)."""
        asked = ({"day": day.isoformat()} if day else {}) | self.used
        return reverse("programme:index") + (f"?{urlencode(asked)}" if asked else "")

    def screenings(self) -> Q:
        """Which of them pass. A search is about movies: it filters none."""
        passing = Q()
        if self.format:
            passing &= Q(format=self.format)
        if self.language:
            passing &= Q(language=self.language)
        if self.subtitles:
            passing &= Q(subtitles="" if self.subtitles == NONE else self.subtitles)
        if self.time:
            passing &= Q(starts__hour__in=list(TIMES[self.time][2]))
        if self.accessible:
            passing &= Q(wheelchair_spaces__len__gt=F("wheelchair_taken"))
        return passing

    def movies(self) -> Q:
        """Those with a word that begins with each word of the search."""
        found = Q() if self.words else Q(pk__in=[])
        for word in self.words:
            found &= Q(words__contains=f" {word}")
        return found

    def chips(self, day: date | None) -> Iterator[dict[str, Any]]:
        """Each filter in use, in words, with the address that does without it."""
        for name, value in self.used.items():
            url = self.without(name).address(day)
            yield {"name": name, "text": self._said(name, value), "url": url}

    def _said(self, name: str, value: str) -> str:
        match name:
            case "q":
                return gettext("“%(words)s”") % {"words": value}
            case "language":
                return gettext("In %(language)s") % {"language": gettext(value)}
            case "subtitles":
                return subtitles_in_words(value)
            case "time":
                return str(TIMES[value][0])
            case "accessible":
                return gettext("Wheelchair space free")
        return value


def subtitles_in_words(language: str) -> str:
    if language == NONE:
        return gettext("No subtitles")
    return gettext("%(language)s subtitles") % {"language": gettext(language)}
