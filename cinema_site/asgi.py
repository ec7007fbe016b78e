"""Pages through Django's WSGI handler in a fixed pool of threads, sockets through Channels."""

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinema_site.settings")

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import re_path

from cinema_site.wire import Counted, Parting, nowhere
from cinema_site.wsgi import application as django  # sets it up: before anything of the apps

from django.conf import settings  # isort: skip
from apps.programme import routing as programme  # isort: skip
from apps.seatmap import routing as seatmap  # isort: skip
from apps.xray import routing as xray  # isort: skip

# Under Django's ASGI handler every request opens a database session of its own; these threads
# keep theirs.
pages = Counted(WSGIMiddleware(cast("Any", django), workers=8))
sockets = [*programme.websocket_urlpatterns, *seatmap.websocket_urlpatterns]
if settings.XRAY:
    sockets += xray.websocket_urlpatterns
routes: list[Any] = [*sockets, re_path("", cast("Any", nowhere))]

application = ProtocolTypeRouter(
    {"http": pages, "websocket": Parting(AllowedHostsOriginValidator(URLRouter(routes)))},
)
