"""The event log: append, read, subscribe, handle. Knows no other app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventlogConfig(AppConfig):
    name = "apps.eventlog"

    def ready(self) -> None:
        import_module("apps.eventlog.kinds")  # registers its check
        # Facts and their readers register on import, as admin.py does in Django.
        autodiscover_modules("events", "upcasters", "projections", "automations")
