"""Gives the tests a world of their own before Django reads its settings.

Loaded by `-p tests.plugin` in pyproject.toml. Nothing is started here: the fixtures in conftest.py
start what a test asks for.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from cinema_site import postgres

SECRET = "only-for-tests"
# What would make the cinema under test another than the tests expect.
UNSET = (
    "MARQUEE_ENV",
    "MARQUEE_DEBUG",
    "REDIS_URL",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "TIME_ZONE",
    "CINEMA_NAME",
    "CURRENCY",
    "HOLD_MINUTES",
    "BANK_ORIGIN",
    "XRAY",
)
OURS = "MARQUEE_TESTS_OWN_SERVER"
FOLDER = pytest.StashKey[Path]()
MEMORY, ROOM = Path("/dev/shm"), 2**32  # bytes
SMALL = {"max_wal_size": "128MB", "min_wal_size": "32MB"}  # for each server there


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """A wrapper runs before pytest-django's own hook, which reads the settings."""
    # A shell's background jobs ignore Ctrl-C, and so would the programs that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = new_folder("marquee-tests-")
    early_config.stash[FOLDER] = folder
    early_config.add_cleanup(lambda: clean_up(folder))
    for name in UNSET:
        os.environ.pop(name, None)
    # The server that the caller names, or one of our own: each process of a run has another.
    if "DATABASE_URL" not in os.environ or OURS in os.environ:
        os.environ.update({"DATABASE_URL": postgres.address(folder, "postgres"), OURS: "1"})
    os.environ.update(
        DJANGO_SETTINGS_MODULE="cinema_site.settings",
        MARQUEE_DATA=str(folder),
        SECRET_KEY=SECRET,
        BANK="apps.checkout.sandbox",
        BANK_WEBHOOK_SECRET=SECRET,
        # Playwright's sync API runs an event loop in the thread of the tests.
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
    )
    return (yield)


def new_folder(prefix: str) -> Path:
    """For databases that come and go by the hundred: in memory, if there is room.

    On a disk the files of new ones are a search past those just removed; it took a seventh of the
    time of all tests.
    """
    free = psutil.virtual_memory().available
    roomy = os.access(MEMORY, os.W_OK) and min(shutil.disk_usage(MEMORY).free, free) > ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if roomy else None))


def clean_up(folder: Path) -> None:
    postgres.stop(folder)
    shutil.rmtree(folder)
