"""What the map needs to know. Kept by projections.py alone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Movie(models.Model):
    """Whose poster stands beside the map."""

    movie = models.CharField(max_length=32, primary_key=True)
    slug = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.slug


class Screening(models.Model):
    screening = models.CharField(max_length=32, primary_key=True)
    title = models.CharField(max_length=120)
    slug = models.CharField(max_length=80, blank=True)
    auditorium_name = models.CharField(max_length=40)
    plan = ArrayField(models.TextField())
    starts = models.DateTimeField()
    price = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.title} at {self.starts}"


class Seat(models.Model):
    """A seat that something has happened to; one without a row is available, at position 0.

    Kept inline. A row never goes away: a seat that came back keeps the position of its return,
    so that a browser can tell which of two words about it is the newer.
    """

    pk = models.CompositePrimaryKey("screening", "seat")
    screening = models.TextField()
    seat = models.TextField()
    state = models.TextField()  # "available", "held", "sold"
    position = models.BigIntegerField()
    hold = models.TextField(null=True)  # noqa: DJ001 - nobody's is not the same as ""
    visitor = models.TextField(null=True)  # noqa: DJ001
    until = models.DateTimeField(null=True)
    pinned = models.BooleanField(default=False)

    origins = {"seat": ("seats",), "state": ("event's name",), "pinned": ("event's name",)}

    def __str__(self) -> str:
        return f"{self.seat} of {self.screening}: {self.state} since {self.position}"
