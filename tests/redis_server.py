"""A Redis that tests can stop, freeze and start again where it was."""

import signal
import subprocess
from pathlib import Path

from tests.processes import free_port, wait_for


class Redis:
    def __init__(self, program: str, folder: Path) -> None:
        self._port = free_port()
        self._command = [program, "--bind", "127.0.0.1", "--port", str(self._port), "--save", ""]
        self._folder = folder
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        wait_for(self._port, self._process)

    def stop(self) -> None:
        self._process.kill()  # also one that is frozen
        self._process.wait(timeout=10)

    def freeze(self) -> None:
        """It takes connections and bytes, and answers nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)
