"""What every page may say of the house."""

from django.conf import settings
from django.http import HttpRequest


def cinema(request: HttpRequest) -> dict[str, str | bool]:
    return {
        "cinema_name": settings.CINEMA_NAME,
        "production": settings.PRODUCTION,
        "xray": settings.XRAY,
    }
