"""What a command set in motion, step by step, for whoever watches: apps.xray does.

    if traces.listeners:
        traces.emit(Trace("projection", "programme", positions=(18403,), milliseconds=0.6))

While nobody listens that one look is all it costs: no clock is read, nothing is built.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

import msgspec

log = logging.getLogger(__name__)

type Kind = Literal["automation", "command", "decision", "event", "projection", "frames"]


class Trace(msgspec.Struct, frozen=True):
    """One step. Either `correlation` says which story it belongs to, or its `positions` do."""

    kind: Kind
    title: str
    slice: str = ""  # its column in the event model, "booking.hold_seats"
    correlation: str = ""
    positions: tuple[int, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()  # a word, and what is to be said under it
    milliseconds: float | None = None
    actor: str = ""
    at: float = msgspec.field(default_factory=time.time)  # seconds since 1970


type Listener = Callable[[Trace], None]

listeners: tuple[Listener, ...] = ()  # replaced and never changed, so that nobody needs a lock
_replacing = threading.Lock()


def listen(listener: Listener) -> None:
    """Call `listener` with each trace, in the thread that did what it tells: it must not wait."""
    global listeners
    with _replacing:
        listeners = (*(each for each in listeners if each != listener), listener)


def unlisten(listener: Listener) -> None:
    global listeners
    with _replacing:
        listeners = tuple(each for each in listeners if each != listener)


def emit(trace: Trace) -> None:
    for listener in listeners:
        try:
            listener(trace)
        except Exception:  # who only watches must not break what is watched
            log.exception("a trace was not taken")


@dataclass
class Acting:
    """The automation that is at work in this thread."""

    name: str
    since: float  # by time.perf_counter(), when it last had nothing to wait for


acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def act(name: str) -> AbstractContextManager[None]:
    """Commands that are handled within are that automation's."""
    return _acting(name) if listeners else nullcontext()


@contextmanager
def _acting(name: str) -> Iterator[None]:
    token = acting.set(Acting(name, time.perf_counter()))
    try:
        yield
    finally:
        acting.reset(token)


def milliseconds(since: float) -> float:
    """Since a time of time.perf_counter()."""
    return (time.perf_counter() - since) * 1000
