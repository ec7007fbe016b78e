"""The event model: drawn from the code, checked against it."""

from django.apps import AppConfig


class EventModelConfig(AppConfig):
    name = "apps.eventmodel"
    label = "eventmodel"
