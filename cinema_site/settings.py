"""Settings, read from the environment. Without any, everything runs on this machine alone."""

import os
from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict

from cinema_site import folder, postgres

PRODUCTION = os.environ.get("MARQUEE_ENV") == "production"
DEBUG = not PRODUCTION and os.environ.get("MARQUEE_DEBUG") == "1"
MARQUEE_DATA = folder.state()


def listed(name: str) -> list[str]:
    """A comma-separated variable."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


# The cinema

CINEMA_NAME = os.environ.get("CINEMA_NAME", "The Aurora")
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/Dublin")
CURRENCY = os.environ.get("CURRENCY", "EUR")
HOLD_LASTS = timedelta(minutes=float(os.environ.get("HOLD_MINUTES", "10")))
PAYMENT_LASTS = timedelta(minutes=10)
BANK = os.environ.get("BANK", "" if PRODUCTION else "apps.checkout.sandbox")

# Shows everybody what every click sets in motion: for demonstrations
XRAY = os.environ.get("XRAY", "" if PRODUCTION else "1") == "1"

# Secrets

if PRODUCTION:
    needed = ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"] + ["BANK_WEBHOOK_SECRET"] * bool(BANK)
    if missing := [name for name in needed if not os.environ.get(name)]:
        raise ImproperlyConfigured(f"Production does not start without {', '.join(missing)}.")

SECRET_KEY = os.environ.get("SECRET_KEY") or folder.kept_secret(MARQUEE_DATA, "secret-key")
BANK_WEBHOOK_SECRET = os.environ.get("BANK_WEBHOOK_SECRET") or f"bank-of-{SECRET_KEY}"
ALLOWED_HOSTS = listed("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")

# Applications

INSTALLED_APPS = [
    "cinema_site",
    "apps.xray",
    "apps.eventmodel",
    "apps.programme",
    "apps.seatmap",
    "apps.checkout",
    "apps.booking",
    "apps.catalog",
    "apps.eventlog",
    "channels",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Above WhiteNoise, for files that nobody has compressed ahead. docs/decisions/0007
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "cinema_site.languages.LanguageMiddleware",
    "cinema_site.plain.PlainMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.booking.visitors.VisitorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder.REPOSITORY / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cinema_site.context.cinema",
            ],
        },
    },
]
ROOT_URLCONF = "cinema_site.urls"
WSGI_APPLICATION = "cinema_site.wsgi.application"
ASGI_APPLICATION = "cinema_site.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

# Languages, each by the name that its speakers give it

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [folder.REPOSITORY / "locale"]
FORMAT_MODULE_PATH = "cinema_site.formats"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# The database


def database(url: str) -> dict[str, Any]:
    """Django's form of a postgresql:// address, which libpq itself takes apart."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # The threads that use the database are few and live long; each keeps its connection.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 5,
            "connect_timeout": 5,
            # A network that swallows packets would else hang a thread for minutes.
            "tcp_user_timeout": 10_000,
            "keepalives_idle": 10,
            # Nothing may hang for ever: an append in flight holds up every subscriber. While a
            # server waits for the rest of one, only its own keepalives find that nobody is there.
            "options": "-c statement_timeout=15000 -c lock_timeout=4000"
            " -c idle_in_transaction_session_timeout=10000 -c tcp_keepalives_idle=10"
            " -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3",
            **parts,
        },
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or postgres.address(MARQUEE_DATA))}

# Pokes between processes; one process needs no Redis

REDIS_URL = os.environ.get("REDIS_URL", "")
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

# Static files

STATIC_URL = "static/"
STATIC_ROOT = folder.REPOSITORY / "staticfiles" if PRODUCTION else None
STATICFILES_DIRS = [folder.REPOSITORY / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "cinema_site.storage.HashedStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# What a browser may do, and over which wire

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    # A form that leads to the bank's pages by a redirect needs their origin here.
    "form-action": [CSP.SELF, *listed("BANK_ORIGIN")],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
if PRODUCTION:
    # The router in front ends TLS and says so in this header; it must strip a client's own.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True

# The log goes to stderr

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would mail administrators, whom nobody has named.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # What strangers send is answered with 4xx; the log is for what we did wrong.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
        # Every conflict of two commands ends a pipeline early, and is tried again.
        "psycopg": {"level": "ERROR"},
        # While Redis is away, a traceback each second; eventlog.pokes says it once.
        "channels_redis": {"level": "CRITICAL"},
    },
}
