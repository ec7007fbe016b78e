"""The demo's settings, and static files as production serves them: named by content, compressed."""

from cinema_site.settings import *  # noqa: F403
from cinema_site.settings import MARQUEE_DATA, STORAGES

STATIC_ROOT = MARQUEE_DATA / "static"
WHITENOISE_USE_FINDERS = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "cinema_site.storage.HashedStorage"}}
