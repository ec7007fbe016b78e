"""Traces of other processes, for those who watch in this one; with Redis, beside the pokes.

Who watches says so again and again. Whoever hears it passes its traces on, until it has not heard
it for a while: so nothing is passed on for nobody. A trace that gets lost is a line less.
"""

import time
from uuid import uuid4

import msgspec
from django.conf import settings

from apps.eventlog import pokes, traces
from apps.eventlog.pokes import Letter, PostOffice
from apps.eventlog.traces import Listener, Trace

ANNOUNCE = 4.0  # seconds
EXPIRES = 10.0  # seconds after the last announcement
WATCHING, TRACE = "xray.watching", "xray.trace"

watchers: set[Listener] = set()  # in this process
_me = uuid4().hex  # letters come back to their sender, too
_announced = 0.0
_wanted_until = 0.0


def register() -> None:
    """Hear what other processes say about traces."""
    pokes.takers[WATCHING] = _want
    pokes.takers[TRACE] = _take


def announce() -> None:
    """Say that somebody watches here, unless that was said a moment ago."""
    global _announced
    if settings.REDIS_URL and time.monotonic() - _announced >= ANNOUNCE:
        _announced = time.monotonic()
        PostOffice.open().send({"type": WATCHING, "from": _me})


def _want(letter: Letter) -> None:
    global _wanted_until
    if letter["from"] != _me:
        _wanted_until = time.monotonic() + EXPIRES
        traces.listen(_pass_on)


def _pass_on(trace: Trace) -> None:
    if time.monotonic() > _wanted_until:
        traces.unlisten(_pass_on)
    else:
        said = msgspec.json.encode(trace).decode()
        PostOffice.open().send({"type": TRACE, "from": _me, "trace": said})


def _take(letter: Letter) -> None:
    if letter["from"] != _me and watchers:
        trace = msgspec.json.decode(letter["trace"], type=Trace)
        for watcher in list(watchers):
            watcher(trace)
