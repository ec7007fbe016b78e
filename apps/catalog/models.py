"""Read models for the staff: what the catalog holds. Kept by projections.py alone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Movie(models.Model):
    movie = models.CharField(max_length=32, primary_key=True)
    slug = models.CharField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    synopsis = models.TextField(_("synopsis"))
    genre = models.CharField(_("genre"), max_length=40)
    year = models.IntegerField(_("year"))
    minutes = models.IntegerField(_("minutes"))
    rating = models.CharField(_("rating"), max_length=10)
    language = models.CharField(_("language"), max_length=60)

    class Meta:
        ordering = ["title", "year"]
        default_permissions = ["add", "view"]
        verbose_name, verbose_name_plural = _("movie"), _("movies")

    def __str__(self) -> str:
        return self.title


class Auditorium(models.Model):
    auditorium = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    plan = ArrayField(models.TextField())
    seats = models.IntegerField(_("seats"))
    wheelchair_spaces = models.IntegerField(_("wheelchair spaces"), default=0)
    companion_seats = models.IntegerField(_("companion seats"), default=0)

    origins = {"seats": ("plan",), "wheelchair_spaces": ("plan",), "companion_seats": ("plan",)}

    class Meta:
        ordering = ["name"]
        default_permissions = ["add", "view"]
        verbose_name, verbose_name_plural = _("auditorium"), _("auditoriums")

    def __str__(self) -> str:
        return self.name


class Screening(models.Model):
    screening = models.CharField(max_length=32, primary_key=True)
    movie = models.ForeignKey(Movie, models.PROTECT, verbose_name=_("movie"))
    auditorium = models.ForeignKey(Auditorium, models.PROTECT, verbose_name=_("auditorium"))
    starts = models.DateTimeField(_("starts"), db_index=True)
    ends = models.DateTimeField()
    price = models.IntegerField(help_text="A seat, in cents.")
    format = models.CharField(_("format"), max_length=20, default="2D")
    language = models.CharField(_("spoken language"), max_length=60, blank=True)
    subtitles = models.CharField(_("subtitles"), max_length=60, blank=True)

    origins = {"ends": ("starts", "minutes")}

    class Meta:
        ordering = ["starts"]
        default_permissions = ["add", "view"]
        verbose_name, verbose_name_plural = _("screening"), _("screenings")

    def __str__(self) -> str:
        return f"{self.movie} in {self.auditorium}"
