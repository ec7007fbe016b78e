"""What the tests of the staff's pages start from."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.catalog.projections import catalog
from apps.eventlog.projections import catch_up_all
from tests.admin.forms import add, auditorium, movie


@pytest.fixture(autouse=True)
def _lists_follow_at_once(database: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs beside these tests: the page that waits brings the lists up to date."""
    monkeypatch.setattr(catalog, "wait_for", lambda position: catch_up_all())


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("staff"))
    return client


@pytest.fixture
def shown(staff: Client) -> Client:
    """With a movie and an auditorium to choose from."""
    add(staff, "movie", **movie())
    add(staff, "auditorium", **auditorium())
    return staff
