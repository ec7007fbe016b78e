"""Pages, for the thread pool in asgi.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinema_site.settings")
application = get_wsgi_application()
