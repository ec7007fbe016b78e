"""Read models for the staff: what the catalog holds. Kept by projections.py alone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Movie(models.Model):
    movie = models.CharField(max_length=32, primary_key=True)
    slug = models.CharField("address", max_length=80, unique=True)
    title = models.CharField(max_length=120)
    synopsis = models.TextField()
    genre = models.CharField(max_length=40)
    year = models.IntegerField()
    minutes = models.IntegerField()
    rating = models.CharField(max_length=10)
    language = models.CharField(max_length=60)

    class Meta:
        ordering = ["title", "year"]
        default_permissions = ["add", "view"]

    def __str__(self) -> str:
        return self.title


class Auditorium(models.Model):
    auditorium = models.CharField(max_length=32, primary_key=True)
    name = models.CharField(max_length=40)
    plan = ArrayField(models.TextField())
    seats = models.IntegerField()
    wheelchair_spaces = models.IntegerField(default=0)
    companion_seats = models.IntegerField(default=0)

    origins = {"seats": ("plan",), "wheelchair_spaces": ("plan",), "companion_seats": ("plan",)}

    class Meta:
        ordering = ["name"]
        default_permissions = ["add", "view"]
        verbose_name_plural = "auditoriums"

    def __str__(self) -> str:
        return self.name


class Screening(models.Model):
    screening = models.CharField(max_length=32, primary_key=True)
    movie = models.ForeignKey(Movie, models.PROTECT)
    auditorium = models.ForeignKey(Auditorium, models.PROTECT)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    price = models.IntegerField(help_text="A seat, in cents.")
    format = models.CharField(max_length=20, default="2D")
    language = models.CharField("spoken language", max_length=60, blank=True)
    subtitles = models.CharField(max_length=60, blank=True)

    origins = {"ends": ("starts", "minutes")}

    class Meta:
        ordering = ["starts"]
        default_permissions = ["add", "view"]

    def __str__(self) -> str:
        return f"{self.movie} in {self.auditorium}"
