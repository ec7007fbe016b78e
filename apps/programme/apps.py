"""What is on."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "apps.programme"
    label = "programme"
