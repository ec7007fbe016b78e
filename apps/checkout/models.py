"""Checkout's tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Customer(models.Model):
    """Who ordered. The only personal data; a row may be erased, events name only its id."""

    id = models.TextField(primary_key=True)
    name = models.CharField(max_length=100)
    email = models.EmailField()

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    """Where each order stands: the to-do list of checkout's automations."""

    order = models.TextField(primary_key=True)
    state = models.TextField(db_index=True)  # as in folds.OrderState
    screening = models.TextField()
    hold = models.TextField()
    seats = ArrayField(models.TextField())
    amount = models.IntegerField()  # cents
    pay_by = models.DateTimeField()

    origins = {"state": ("event's name",)}

    def __str__(self) -> str:
        return self.order


class SandboxSession(models.Model):
    """The sandbox bank's own books; see sandbox.py. Nothing else looks at them."""

    order = models.TextField(primary_key=True)
    amount = models.IntegerField()
    state = models.TextField(default="open")
    about = models.JSONField()
    return_url = models.TextField()
    webhook_url = models.TextField()
    refunded = models.TextField(default="")  # the key of the refund

    def __str__(self) -> str:
        return f"{self.order} {self.state}"
