"""The staff's catalog: lists to look at, forms that issue commands. Never writes tables itself."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.catalog import money
from apps.catalog.forms import AuditoriumForm, CommandForm, MovieForm, ScreeningForm
from apps.catalog.models import Auditorium, Movie, Screening
from apps.catalog.projections import catalog
from apps.eventlog.commands import Rejected
from apps.eventlog.handling import Busy, handle
from apps.eventlog.wording import told

BUSY = _("Others were changing the same things. Nothing was stored: send it once more, please.")


class CommandAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Looks at a read model, adds to it by a command, changes and deletes nothing."""

    command_form: type[CommandForm]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        # Not Django's changeform_view: in its transaction a command could not be retried.
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.command_form(request.POST) if request.method == "POST" else self.command_form()
        position = self._handled(request, form)
        if position is None:
            return self._page(request, form)
        catalog.wait_for(position)
        messages.success(request, form.added())
        return HttpResponseRedirect(reverse(f"admin:catalog_{self.opts.model_name}_changelist"))

    def _handled(self, request: HttpRequest, form: CommandForm) -> int | None:
        if not form.is_valid():
            if form.is_bound:
                form.renew()
            return None
        command_id, actor = f"admin:{form.cleaned_data['command']}", f"staff:{request.user.pk}"
        try:
            return handle(form.to_command(), command_id=command_id, actor=actor)
        except Rejected as rejection:
            form.add_error(None, told(rejection))
            form.renew()
        except Busy:
            form.add_error(None, BUSY)
        return None

    def _page(self, request: HttpRequest, form: CommandForm) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Add %s") % self.opts.verbose_name,
            "form": form,
            "opts": self.opts,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/command_form.html", context, status=status)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except (OverflowError, ValueError):  # a year in the address that no calendar has
            return HttpResponseRedirect(request.path)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class TranslatedFilter(admin.AllValuesFieldListFilter):
    """Offers what is stored, by its name in the reader's language."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": gettext(str(choice["display"]))}


@admin.register(Movie)
class MovieAdmin(CommandAdmin):
    command_form = MovieForm
    list_display = ["title", "its_genre", "year", "minutes", "rating", "its_language"]
    list_filter = [("genre", TranslatedFilter), "rating"]
    search_fields = ["title", "slug", "synopsis"]

    @admin.display(description=_("genre"), ordering="genre")
    def its_genre(self, movie: Movie) -> str:
        return gettext(movie.genre)

    @admin.display(description=_("language"), ordering="language")
    def its_language(self, movie: Movie) -> str:
        return gettext(movie.language)


@admin.register(Auditorium)
class AuditoriumAdmin(CommandAdmin):
    command_form = AuditoriumForm
    list_display = ["name", "seats", "wheelchair_spaces", "companion_seats"]
    search_fields = ["name"]
    fields = ["name", "seats", "wheelchair_spaces", "companion_seats", "seat_plan"]

    @admin.display(description=_("seat plan"))
    def seat_plan(self, auditorium: Auditorium) -> str:
        return format_html("<pre>{}</pre>", "\n".join(auditorium.plan))


@admin.register(Screening)
class ScreeningAdmin(CommandAdmin):
    command_form = ScreeningForm
    list_display = [
        "when",
        "movie",
        "auditorium",
        "format",
        "spoken",
        "read",
        "price_of_a_seat",
    ]
    list_filter = [
        "auditorium",
        "starts",
        "format",
        ("language", TranslatedFilter),
        ("subtitles", TranslatedFilter),
        "movie",
    ]
    list_select_related = ["movie", "auditorium"]
    search_fields = ["movie__title", "auditorium__name"]
    fields = [
        "movie",
        "auditorium",
        "when",
        "format",
        "spoken",
        "read",
        "price_of_a_seat",
    ]

    @admin.display(description=_("when"), ordering="starts")
    def when(self, screening: Screening) -> str:
        starts, ends = timezone.localtime(screening.starts), timezone.localtime(screening.ends)
        return gettext("{starts} to {ends}").format(
            starts=date_format(starts, "DATETIME_FORMAT"), ends=time_format(ends, "CLOCK")
        )

    @admin.display(description=_("spoken language"), ordering="language")
    def spoken(self, screening: Screening) -> str:
        return gettext(screening.language)

    @admin.display(description=_("subtitles"), ordering="subtitles", empty_value="-")
    def read(self, screening: Screening) -> str:
        return gettext(screening.subtitles)

    @admin.display(description=_("price of a seat"), ordering="price")
    def price_of_a_seat(self, screening: Screening) -> str:
        return money.show(screening.price)
