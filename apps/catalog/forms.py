"""What staff type, turned into the catalog's commands."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4, uuid5

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from apps.catalog import plans
from apps.catalog.commands.add_auditorium import LONGEST_NAME, AddAuditorium
from apps.catalog.commands.add_movie import FIRST_YEAR, LONGEST, MOST_MINUTES, AddMovie
from apps.catalog.commands.schedule_screening import HIGHEST_PRICE, ScheduleScreening
from apps.catalog.formats import FORMATS
from apps.catalog.models import Auditorium, Movie
from apps.eventlog.commands import Command, Rejected
from apps.eventlog.wording import told

GENRES = [
    gettext_noop("Classic"),
    gettext_noop("Comedy"),
    gettext_noop("Documentary"),
    gettext_noop("Drama"),
    gettext_noop("Family"),
    gettext_noop("Horror"),
    gettext_noop("Romance"),
    gettext_noop("Sci-fi"),
    gettext_noop("Thriller"),
    gettext_noop("Western"),
]
RATINGS = ["U", "6", "12", "16", "18"]
PLAN_EXAMPLE = """\
A ..####..
B .######.

C wc####cw"""
LOST_NUMBER = _("This form had lost its number. It has a new one now: send it again, please.")


class CommandForm(forms.Form):
    """A form that becomes one command. Its hidden number makes a resend answer like the first."""

    command = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> None:
        if "command" in self.errors:  # a hidden field has no place of its own for its errors
            self.add_error(None, LOST_NUMBER)

    def to_command(self) -> Command:
        raise NotImplementedError

    def added(self) -> str:
        """The sentence that tells the staff what is there now."""
        raise NotImplementedError

    @property
    def new_id(self) -> str:
        # Derived, so that sending the form twice cannot make two things.
        return uuid5(self.cleaned_data["command"], "new").hex

    def renew(self) -> None:
        """Let the next sending be a command of its own: this one was refused."""
        data = cast(QueryDict, self.data).copy()
        data["command"] = str(uuid4())
        self.data = data


class MovieForm(CommandForm):
    title = forms.CharField(label=_("Title"), max_length=LONGEST["title"])
    slug = forms.SlugField(
        label=_("Address"),
        max_length=LONGEST["slug"],
        required=False,
        help_text=_("The last part of /movies/the-salt-meridian/. Left empty: from the title."),
    )
    synopsis = forms.CharField(
        label=_("Synopsis"), max_length=LONGEST["synopsis"], widget=forms.Textarea({"rows": 4})
    )
    genre = forms.ChoiceField(label=_("Genre"), choices=[(genre, _(genre)) for genre in GENRES])
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=9999)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=MOST_MINUTES)
    rating = forms.ChoiceField(label=_("Rating"), choices=[(rating, rating) for rating in RATINGS])
    language = forms.CharField(label=_("Language"), max_length=LONGEST["language"])

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_language(self) -> str:
        return one_line(self.cleaned_data["language"])

    def clean_synopsis(self) -> str:
        return "\n".join(one_line(line) for line in self.cleaned_data["synopsis"].splitlines())

    def clean_slug(self) -> str:
        title = self.cleaned_data.get("title", "")
        slug = self.cleaned_data["slug"].lower() or slugify(title)[: LONGEST["slug"]].strip("-")
        if not slug and title:
            raise forms.ValidationError(_("Type an address: none could be made of the title."))
        return str(slug)

    def to_command(self) -> AddMovie:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "command"}
        return AddMovie(movie=self.new_id, **typed)

    def added(self) -> str:
        sentence = gettext("{title} is in the catalog. Now schedule a screening.")
        return sentence.format(title=self.cleaned_data["title"])


def _plan_help() -> str:
    explained = gettext(
        "From the screen backwards, a line for each row: its letter, one blank, then # for a"
        " seat, w for a wheelchair space, c for the seat of a companion beside one, and . for a"
        " gap. An empty line is a gangway. Seats are numbered from the left. For example:"
    )
    return format_html("{} <pre>{}</pre>", explained, PLAN_EXAMPLE)


class AuditoriumForm(CommandForm):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    plan = forms.CharField(
        label=_("Seat plan"),
        max_length=2 * plans.MAX_ROWS * (plans.MAX_WIDTH + 4),
        strip=False,
        widget=forms.Textarea({"rows": 16, "cols": 44, "class": "plan", "spellcheck": "false"}),
        help_text=lazy(_plan_help, str)(),
    )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_plan(self) -> tuple[str, ...]:
        plan = plans.tidy(self.cleaned_data["plan"])
        try:
            plans.parse(plan)
        except Rejected as rejection:
            raise forms.ValidationError(told(rejection)) from rejection
        return plan

    def to_command(self) -> AddAuditorium:
        return AddAuditorium(self.new_id, self.cleaned_data["name"], self.cleaned_data["plan"])

    def added(self) -> str:
        seats = len(plans.parse(self.cleaned_data["plan"]))
        sentence = ngettext(
            "{name} has one seat. Now schedule a screening.",
            "{name} has {seats} seats. Now schedule a screening.",
            seats,
        )
        return sentence.format(name=self.cleaned_data["name"], seats=seats)


class EuroField(forms.DecimalField):
    """Euros as people type them, `9.50` or `9,50`; cleans to whole cents."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def clean(self, value: Any) -> int:
        return int(super().clean(value) * 100)


class ScreeningForm(CommandForm):
    movie = forms.ModelChoiceField(
        Movie.objects.all(), label=_("Movie"), empty_label=_("Choose a movie")
    )
    auditorium = forms.ModelChoiceField(
        Auditorium.objects.all(), label=_("Auditorium"), empty_label=_("Choose one")
    )
    starts = forms.DateTimeField(
        label=_("Starts"),
        help_text=_("The cinema's time."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = forms.IntegerField(
        label=_("Length in minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
        help_text=_("With trailers and cleaning. Left empty, it is the movie's own."),
    )
    format = forms.ChoiceField(
        label=_("Format"), choices=[(each, each) for each in FORMATS], required=False
    )
    language = forms.CharField(
        label=_("Spoken language"),
        max_length=LONGEST["language"],
        required=False,
        help_text=_("Left empty, it is the movie's own. Another one if it is dubbed."),
    )
    subtitles = forms.CharField(
        label=_("Subtitles"),
        max_length=LONGEST["language"],
        required=False,
        help_text=_("Their language. Left empty, there are none."),
    )
    price = EuroField(
        label=_("Price of a seat"),
        min_value=0,
        max_value=Decimal(HIGHEST_PRICE) / 100,
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal", "placeholder": _("9.50")}),
        help_text=format_lazy(_("In {currency}, such as 9.50."), currency=settings.CURRENCY),
    )

    def clean_language(self) -> str:
        return one_line(self.cleaned_data["language"])

    def clean_subtitles(self) -> str:
        return one_line(self.cleaned_data["subtitles"])

    def clean_starts(self) -> datetime:
        starts: datetime = self.cleaned_data["starts"]
        # The command has the exact rule; this keeps its arithmetic inside the calendar.
        if abs(starts - timezone.now()) > timedelta(days=1000):
            raise forms.ValidationError(_("That day is years away. Look at the year again."))
        return timezone.localtime(starts)

    def to_command(self) -> ScheduleScreening:
        typed = self.cleaned_data
        return ScheduleScreening(
            screening=self.new_id,
            movie=typed["movie"].pk,
            auditorium=typed["auditorium"].pk,
            starts=typed["starts"],
            minutes=typed["minutes"] or typed["movie"].minutes,
            price=typed["price"],
            format=typed["format"] or FORMATS[0],
            language=typed["language"],
            subtitles=typed["subtitles"],
        )

    def added(self) -> str:
        typed = self.cleaned_data
        sentence = gettext("{title} is in the {auditorium}, {day} at {time}. On sale now.")
        return sentence.format(
            title=typed["movie"].title,
            auditorium=typed["auditorium"].name,
            day=date_format(typed["starts"], "DAY"),
            time=time_format(typed["starts"], "CLOCK"),
        )


def one_line(text: str) -> str:
    """What was pasted, with every run of blanks as one."""
    return " ".join(text.split())
