"""A platform in small: it runs the lines of the Procfile, each process with files of its own."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from cinema_site.folder import REPOSITORY

SHIPPED = ("apps", "cinema_site", "static", "templates", "manage.py", "Procfile")


class Platform:
    """Where an app's processes run. They know of each other by the two URLs alone."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(folder),
            **environment,
        }
        lines = (REPOSITORY / "Procfile").read_text().splitlines()
        self.commands = {kind: command for kind, _, command in (x.partition(": ") for x in lines)}
        self.started: list[Dyno] = []

    def run(self, kind: str, **environment: str) -> "Dyno":
        files = self._folder / f"{kind}.{len(self.started)}"
        for name in SHIPPED:
            copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy2
            files.mkdir(exist_ok=True)
            copy(REPOSITORY / name, files / name)
        dyno = Dyno(self.commands[kind], files, {**self._environment, **environment})
        self.started.append(dyno)
        return dyno

    def stop(self) -> None:
        for dyno in self.started:
            dyno.kill()


class Dyno:
    """One running line of the Procfile, and whatever it started."""

    def __init__(self, command: str, files: Path, environment: Mapping[str, str]) -> None:
        self._log = files.with_suffix(f"{files.suffix}.log")
        with self._log.open("w") as output:
            self.process = subprocess.Popen(
                ["bash", "-c", command],
                cwd=files,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def said(self) -> str:
        return self._log.read_text()

    def ask_to_stop(self) -> int:
        """What it ends with after SIGTERM, which a platform sends to all of its processes."""
        os.killpg(self.pid, signal.SIGTERM)
        status = self.process.wait(timeout=30)
        assert not self.left_behind()
        return status

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
            self.process.wait(timeout=10)

    def left_behind(self) -> bool:
        """Whether a process of its group lives on."""
        try:
            os.killpg(self.pid, 0)
        except ProcessLookupError:
            return False
        return True
