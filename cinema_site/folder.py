"""The one folder that a development machine's state lives in."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
MARKER = "this-is-marquee"


def state() -> Path:
    """The state folder, absolute; it need not exist."""
    named = os.environ.get("MARQUEE_DATA")
    return Path(named).expanduser().absolute() if named else REPOSITORY / ".marquee"


def made(folder: Path) -> Path:
    """The folder, created and marked as ours. A folder with somebody's files in it is refused."""
    if not folder.exists():
        folder.mkdir(parents=True)
    if not (folder / MARKER).exists():
        if any(folder.iterdir()):
            raise NotOurs(folder)
        (folder / MARKER).write_text("Marquee keeps its state here; `make reset` removes it.\n")
    return folder


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


def remove(folder: Path) -> None:
    if folder.exists():
        if not (folder / MARKER).exists():
            raise NotOurs(folder)
        shutil.rmtree(folder)


class NotOurs(Exception):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds files that are not Marquee's; name another MARQUEE_DATA.")
