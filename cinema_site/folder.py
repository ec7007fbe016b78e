"""The one folder that a development machine's state lives in."""

import fcntl
import os
import secrets
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
MARKER = "this-is-marquee"
LOCK = "demo.pid"


def state() -> Path:
    """The state folder, absolute; it need not exist."""
    named = os.environ.get("MARQUEE_DATA")
    return Path(named).expanduser().absolute() if named else REPOSITORY / ".marquee"


def made(folder: Path) -> Path:
    """The folder, created and marked as ours. A folder with somebody's files in it is refused."""
    must_be_ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MARKER).exists():
        (folder / MARKER).write_text("Marquee keeps its state here; `make reset` removes it.\n")
    return folder


def must_be_ours(folder: Path) -> None:
    if folder.exists() and not (folder / MARKER).exists() and any(folder.iterdir()):
        raise NotOurs(folder)


def kept_secret(folder: Path, name: str, length: int = 50) -> str:
    """A random text that is made once and then kept in the folder, for its owner's eyes only."""
    path = made(folder) / name
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(length))
        # Linking is atomic and never overwrites: of two first runs at once, one value is kept.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The block in which this process, and no other, runs on the folder."""
    with (made(folder) / LOCK).open("a+") as lock:
        must_lock(lock.fileno(), folder)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def end_holder(folder: Path) -> None:
    """Asks the process that runs on the folder to stop, if there is one, and waits until it has."""
    path = folder / LOCK
    for attempt in range(100):
        if not path.exists():
            return
        with path.open() as lock, suppress(Held):
            must_lock(lock.fileno(), folder)
            return
        # The lock says that it lives; a number alone could be somebody else's by now.
        if attempt == 0:
            os.kill(int(path.read_text()), signal.SIGTERM)
        time.sleep(0.1)
    raise Held(folder)


def must_lock(file: int, folder: Path) -> None:
    """Takes the lock, which the system gives back when the process ends, however it ends."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Held(folder) from None


def remove(folder: Path) -> None:
    must_be_ours(folder)
    if folder.exists():
        shutil.rmtree(folder)


class NotOurs(Exception):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds files that are not Marquee's; name another MARQUEE_DATA.")


class Held(Exception):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"Marquee already runs on {folder}; stop it first (make reset does).")
