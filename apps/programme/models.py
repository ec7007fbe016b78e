"""Read models of what is on. Kept by projections.py alone."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

FEW = 10  # seats left, or per cent of them


class Movie(models.Model):
    movie = models.CharField(max_length=32, primary_key=True)
    slug = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    synopsis = models.TextField()
    genre = models.CharField(max_length=40)
    year = models.IntegerField()
    minutes = models.IntegerField()
    rating = models.CharField(max_length=10)
    language = models.CharField(max_length=60)
    words = models.TextField(default="")  # what a search looks through: words.py

    origins = {"words": ("title", "synopsis", "genre", "language")}

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class Screening(models.Model):
    screening = models.CharField(max_length=32, primary_key=True)
    movie = models.ForeignKey(Movie, models.CASCADE)
    auditorium_name = models.CharField(max_length=40)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    price = models.IntegerField()
    seats = models.IntegerField()
    taken = models.IntegerField(default=0)
    format = models.CharField(max_length=20, default="2D")
    language = models.CharField(max_length=60, blank=True)
    subtitles = models.CharField(max_length=60, blank=True)
    wheelchair_spaces = ArrayField(models.TextField(), default=list)
    wheelchair_taken = models.IntegerField(default=0)

    origins = {
        "ends": ("starts", "minutes"),
        "seats": ("plan",),
        "taken": ("seats",),
        "wheelchair_spaces": ("plan",),
        "wheelchair_taken": ("seats",),
    }

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.screening} at {self.starts}"

    @property
    def left(self) -> int:
        return max(0, self.seats - self.taken)

    @property
    def wheelchair_left(self) -> int:
        return max(0, len(self.wheelchair_spaces) - self.wheelchair_taken)

    @property
    def pct(self) -> int:
        """How full it is; 100 only when the last seat is taken."""
        return min(100, self.taken * 100 // self.seats)

    def state(self, now: datetime) -> str:
        """`past` once it has started, `full`, `few` when ten seats or a tenth are left, `open`."""
        if self.starts <= now:
            return "past"
        if not self.left:
            return "full"
        return "few" if self.left <= FEW or self.left * 100 <= self.seats * FEW else "open"
