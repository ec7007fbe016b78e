"""The log's tables. Only `eventlog_append` writes to the first two: see docs/eventlog.md."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models.functions import Now


class StoredEvent(models.Model):
    """One fact. Positions grow, may have gaps, and need not commit in order: read with `Reader`."""

    position = models.BigAutoField(primary_key=True)
    type = models.TextField()
    tags = ArrayField(models.TextField())
    data = models.JSONField()
    metadata = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "eventlog_event"
        # With fastupdate a read would have to search the pending list: 15 times slower.
        indexes = [GinIndex(fields=["tags"], name="eventlog_event_tags", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.position} {self.type}"


class Receipt(models.Model):
    """A command that was granted: its second arrival is answered like the first."""

    command_id = models.TextField(primary_key=True)
    actor = models.TextField()
    digest = models.TextField()
    position = models.BigIntegerField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        # For forgetting old ones. They come in order of time: the smallest of indexes will do.
        indexes = [BrinIndex(fields=["recorded_at"], name="eventlog_receipt_recorded_at")]

    def __str__(self) -> str:
        return self.command_id


class DeclaredTag(models.Model):
    """The kind of every tag name that any release has used. It can never change."""

    name = models.TextField(primary_key=True)
    guarding = models.BooleanField()

    def __str__(self) -> str:
        return self.name


class Checkpoint(models.Model):
    """How far a projection has read. Moves in one transaction with the projection's tables."""

    name = models.TextField(primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class Lease(models.Model):
    """Which worker leads a projection or automation, and until when by the database's clock."""

    name = models.TextField(primary_key=True)
    holder = models.TextField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} led by {self.holder}"
