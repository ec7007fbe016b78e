"""What stands between the server and the sockets."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from autobahn.exception import Disconnected

from cinema_site.wire import Parting


def talking(error: Exception, told: list[Exception]) -> Any:
    """A socket application that is told, as it speaks, that nobody is there."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        told.append(error)
        raise error

    return application


def run(application: Any) -> None:
    """In a thread of its own: that of the tests may have Playwright's event loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Parting(application)({}, None, None)).result()


@pytest.mark.parametrize("error", [OSError("gone"), Disconnected("gone")])
def test_a_browser_that_has_left_is_no_error(error: Exception) -> None:
    told: list[Exception] = []
    run(talking(error, told))
    assert told == [error]


def test_other_errors_are() -> None:
    with pytest.raises(RuntimeError, match="a bug"):
        run(talking(RuntimeError("a bug"), []))
