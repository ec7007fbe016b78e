"""What every page may say of the house."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def cinema(request: HttpRequest) -> dict[str, Any]:
    return {
        "cinema_name": settings.CINEMA_NAME,
        "staff_language": settings.LANGUAGE_CODE,  # in which films are called and told
        "languages": settings.LANGUAGES,
        "production": settings.PRODUCTION,
        "xray": settings.XRAY,
    }
