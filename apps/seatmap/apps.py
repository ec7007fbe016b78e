"""One screening's map of seats, live."""

from django.apps import AppConfig


class SeatMapConfig(AppConfig):
    name = "apps.seatmap"
    label = "seatmap"
