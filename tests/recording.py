"""Writes down how the specifications fared, for the picture of the event model.

Loaded by `-p tests.recording` in pyproject.toml. A test that runs one carries its id:
`@pytest.mark.specification("booking.hold_seats: the first seat opens a hold")`.
"""

from collections.abc import Generator
from contextlib import suppress

import pytest

OUTCOMES = pytest.StashKey[dict[str, str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "specification(id): the test runs that specification")
    config.stash[OUTCOMES] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    mark = item.get_closest_marker("specification")
    # It passes in its call alone; it may fail before that and after, too.
    if mark and (report.failed or (report.when == "call" and report.passed)):
        item.config.stash[OUTCOMES][mark.args[0]] = report.outcome
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not (outcomes := session.config.stash[OUTCOMES]):
        return
    # Not before: Django has to be set up.
    from apps.eventmodel import results
    from tests import specified

    with suppress(OSError):  # no reason to fail a run that is fine
        results.record(outcomes, known=specified.found())
