"""Waiting for what other threads and processes do."""

import time
from collections.abc import Callable


def until(condition: Callable[[], object], seconds: float = 10.0) -> float:
    """Wait until that is so, and answer how many seconds it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"still not so after {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - began
