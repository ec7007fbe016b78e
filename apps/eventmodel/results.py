"""How the specifications fared when they last ran: the tests write it, the picture shows it."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec

# In the repository's root: it is about the code, whatever database that runs on.
FILE = Path(__file__).resolve().parents[2] / ".specifications.json"

type Moment = Annotated[datetime, msgspec.Meta(tz=True)]
type Outcome = Annotated[str, msgspec.Meta(pattern="^(passed|failed)$")]


@dataclass(frozen=True)
class LastRun:
    """`outcomes` by id: "booking.hold_seats: the first seat opens a hold"."""

    at: Moment
    outcomes: dict[str, Outcome]


def last_run() -> LastRun | None:
    """None when there was none, or when what it wrote cannot be read."""
    try:
        return msgspec.json.decode(FILE.read_bytes(), type=LastRun)
    except (OSError, msgspec.MsgspecError):
        return None


def record(outcomes: Mapping[str, str], *, known: Collection[str] | None = None) -> None:
    """Write down how these fared just now; of the others, how they did before.

    `known` are the specifications that there still are, if the caller can tell; the rest is
    forgotten. OSError when the file cannot be written.
    """
    before = last_run()
    together = (before.outcomes if before else {}) | dict(outcomes)
    kept = {id_: each for id_, each in together.items() if known is None or id_ in known}
    _write(msgspec.json.encode(LastRun(datetime.now(UTC), kept)))


def _write(data: bytes) -> None:
    """At one stroke, so that nobody reads half of it."""
    draft = FILE.with_suffix(f".{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(FILE)
    finally:
        draft.unlink(missing_ok=True)
