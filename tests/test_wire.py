"""What stands between the server and the sockets."""

import asyncio
from typing import Any

import pytest
from autobahn.exception import Disconnected

from cinema_site.wire import Parting


def talking(error: Exception) -> Any:
    """A socket application that is told, as it speaks, that nobody is there."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise error

    return application


@pytest.mark.parametrize("error", [OSError("gone"), Disconnected("gone")])
def test_a_browser_that_has_left_is_no_error(error: Exception) -> None:
    asyncio.run(Parting(talking(error))({}, None, None))


def test_other_errors_are() -> None:
    with pytest.raises(RuntimeError, match="a bug"):
        asyncio.run(Parting(talking(RuntimeError("a bug")))({}, None, None))
