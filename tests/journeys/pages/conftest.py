"""One house for all walks: they only look at it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from tests.journeys import conftest as journeys
from tests.journeys.pages.house import House, fill, noon_of_tomorrow

WRONG = re.compile(" (ERROR|CRITICAL) ")
MEANT = "Internal Server Error: /movies/the-salt-meridian/"  # in states.refusals


@pytest.fixture(scope="package")
def house(
    open_house: Callable[..., AbstractContextManager[journeys.House]],
) -> Iterator[House]:
    noon = noon_of_tomorrow()
    with open_house(lambda: fill(noon), worker=False) as served, served.inside():
        yield House(served.server.url, noon)
    wrong = [line for line in served.server.errors().splitlines() if WRONG.search(line)]
    assert all(MEANT in line for line in wrong), wrong
