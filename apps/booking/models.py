"""Booking's tables: the second guard of every taken seat, and the holds that can run out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Claim(models.Model):
    """A taken seat. Inserted and deleted, never updated: a double booking cannot be stored."""

    pk = models.CompositePrimaryKey("screening", "seat")
    screening = models.TextField()
    seat = models.TextField()
    hold = models.TextField()

    origins = {"seat": ("seats",)}

    def __str__(self) -> str:
        return f"{self.seat} of {self.screening}"


class OpenHold(models.Model):
    """To do: a hold that ends at `until` unless a payment pins it."""

    hold = models.TextField(primary_key=True)
    screening = models.TextField()
    visitor = models.TextField()
    seats = ArrayField(models.TextField())
    until = models.DateTimeField()
    pinned = models.BooleanField(default=False)

    origins = {"pinned": ("event's name",)}

    class Meta:
        indexes = [
            models.Index("until", name="booking_openhold_due", condition=models.Q(pinned=False))
        ]

    def __str__(self) -> str:
        return self.hold
