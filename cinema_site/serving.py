"""daphne in this process, with a stop that lets requests finish."""

import signal
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

PATIENCE = 20.0  # seconds for requests in flight; a statement takes 15 at most
ASKED_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve(host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serves until asked to stop. `ready` hears the address; port 0 is any free one."""
    # Importing daphne's server installs Twisted's event loop: only where one is to run.
    from daphne.server import Server
    from twisted.internet import reactor as typed_reactor

    from cinema_site.asgi import application, pages
    from cinema_site.transports import Prompt

    reactor: Any = typed_reactor  # its types know no callLater
    listening: list[Any] = []

    class ListeningServer(Server):  # type: ignore[misc]  # daphne has no types
        def listen_success(self, port: Any) -> None:
            port.transport = Prompt
            listening.append(port)

    def stop() -> None:
        for port in listening:
            port.stopListening()
        finish(time.monotonic() + PATIENCE)

    def finish(deadline: float) -> None:
        # daphne would cut requests in flight, yet their commands would be granted; and a thread
        # with an answer and nobody to take it would never end.
        if pages.in_flight and time.monotonic() < deadline:
            reactor.callLater(0.05, finish, deadline)
        else:
            server.stop()

    server = ListeningServer(
        application,
        endpoints=[f"tcp:port={port}:interface={host}"],
        signal_handlers=False,
        websocket_timeout=-1,
        ping_interval=20,
        server_name="marquee",
        ready_callable=lambda: ready(f"http://{host}:{listening[0].getHost().port}"),
    )
    when_asked_to_stop(lambda: reactor.callFromThread(stop))
    server.run()


def when_asked_to_stop(act: Callable[[], None]) -> None:
    """Runs `act` at the first signal to stop, undisturbed by later ones."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in ASKED_TO_STOP:
            signal.signal(each, signal.SIG_IGN)
        act()

    for each in ASKED_TO_STOP:
        signal.signal(each, stop)


def interrupt() -> None:
    raise KeyboardInterrupt


def taken(host: str, port: int) -> bool:
    """Whether something else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
