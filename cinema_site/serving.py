"""The whole box office in one process: pages, sockets, projections and automations."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from apps.eventlog.running import Worker

HOST = "127.0.0.1"
ASKED_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve(port: int, ready: Callable[[str], None]) -> None:
    """Serves until asked to stop. `ready` hears the address; port 0 is any free one."""
    # Importing daphne's server installs Twisted's event loop: only where one is to run.
    from daphne.server import Server
    from twisted.internet import reactor

    from cinema_site.asgi import application

    worker = Worker()
    worker.start()
    try:
        server = Server(
            application,
            endpoints=[f"tcp:port={port}:interface={HOST}"],
            signal_handlers=False,
            websocket_timeout=-1,
            ping_interval=20,
            server_name="marquee",
            ready_callable=lambda: ready(f"http://{HOST}:{server.listening_addresses[0][1]}"),
        )
        when_asked_to_stop(lambda: reactor.callFromThread(server.stop))
        server.run()
    finally:
        worker.stop()


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


def taken(port: int) -> bool:
    """Whether something else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
