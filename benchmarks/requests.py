"""CPU a request: a page that does nothing, through our ASGI app and through Django's own handler.

Both on daphne, with our settings and middlewares, asked by 16 clients that keep their connections.
"""

import http.client
import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import psutil
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks.comparing import Row, compare_savings

TARGET = 2.0
CLIENTS = 16
SECONDS = 3


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", nothing)]


def rows() -> Iterator[Row]:
    with served("ours") as ours, served("django") as theirs, ThreadPoolExecutor(CLIENTS) as clients:
        name = "CPU ms a request: Django's own ASGI handler / ours"
        mine, other = (partial(milliseconds, *each, clients) for each in (ours, theirs))
        yield compare_savings(name, mine, other, TARGET)


def milliseconds(port: int, process: psutil.Process, clients: ThreadPoolExecutor) -> float:
    """What a request costs the server; what its clients spend is not counted."""
    before = cpu(process)
    deadline = time.monotonic() + SECONDS
    futures = [clients.submit(ask_until, deadline, port) for _ in range(CLIENTS)]
    asked = sum(future.result() for future in futures)
    return (cpu(process) - before) / asked * 1000


def cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def ask_until(deadline: float, port: int) -> int:
    client, asked = http.client.HTTPConnection("127.0.0.1", port), 0
    while time.monotonic() < deadline:
        client.request("GET", "/")
        answer = client.getresponse()
        if answer.read() != b"ok":
            raise RuntimeError(f"the server answered {answer.status}")
        asked += 1
    client.close()
    return asked


@contextmanager
def served(which: str) -> Iterator[tuple[int, psutil.Process]]:
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, which), daemon=True)
    process.start()
    try:
        yield pipe.recv(), psutil.Process(process.pid)
    finally:
        process.terminate()
        process.join()


def _serve(pipe: "Connection[Any, Any]", which: str) -> None:
    import django

    django.setup()
    settings.ROOT_URLCONF = __name__
    from daphne.server import Server

    listening: list[Any] = []

    class ListeningServer(Server):  # type: ignore[misc]  # daphne has no types
        def listen_success(self, port: Any) -> None:
            listening.append(port)

    ListeningServer(
        applications[which](),
        endpoints=["tcp:port=0:interface=127.0.0.1"],
        signal_handlers=False,
        ready_callable=lambda: pipe.send(listening[0].getHost().port),
    ).run()


def _ours() -> Any:
    from cinema_site.asgi import application

    return application


def _djangos() -> Any:
    from django.core.asgi import get_asgi_application

    return get_asgi_application()


applications: dict[str, Callable[[], Any]] = {"ours": _ours, "django": _djangos}
