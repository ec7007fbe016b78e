"""The x-ray: a drawer on every page that shows live what each click set in motion."""

from django.apps import AppConfig
from django.conf import settings


class XrayConfig(AppConfig):
    name = "apps.xray"
    label = "xray"

    def ready(self) -> None:
        if settings.XRAY:
            from apps.xray import relay

            relay.register()
