"""The page for what should not have happened, here because these tests may not ask the database."""

from typing import Any

import pytest
from django.test import Client


@pytest.mark.parametrize("production", [True, False])
def test_it_needs_no_database(settings: Any, production: bool) -> None:
    settings.PRODUCTION = production
    response = Client(raise_request_exception=False).get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "The projector jammed. · The Aurora</title>" in page
    assert ("Event model" in page) is not production
