"""The site as an app, so that its commands are found."""

from django.apps import AppConfig


class CinemaSiteConfig(AppConfig):
    name = "cinema_site"
    label = "cinema_site"
