"""A cinema with one screening, and visitors who read German."""

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest
from django.test import Client

from apps.booking.specs.examples import on_sale
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.eventlog.projections import catch_up_all
from tests.history import tell

STARTS = datetime(2037, 11, 28, 20, 15, tzinfo=UTC)  # a Saturday; in Dublin's time, too


@pytest.fixture
def screening(database: str) -> str:
    screening = uuid4().hex
    scheduled = msgspec.structs.replace(
        on_sale(STARTS), screening=screening, movie="mov1", auditorium="aud1"
    )
    tell(movie_added(), auditorium_added(), scheduled)
    catch_up_all()
    return screening


@pytest.fixture
def german() -> Client:
    return Client(headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
