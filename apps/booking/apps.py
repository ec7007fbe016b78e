"""Who may have which seat of a screening. No pages."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "apps.booking"
