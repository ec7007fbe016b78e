"""An endless run of numbers from one key, the same on every machine."""

import hashlib
from collections.abc import Sequence


class Stream:
    def __init__(self, key: str) -> None:
        self._key = key.encode("utf-8", "replace")
        self._blocks = 0
        self._bytes = b""

    def number(self, low: float = 0.0, high: float = 1.0) -> float:
        """A number in [low, high)."""
        if len(self._bytes) < 2:
            self._bytes = hashlib.sha256(self._key + b"#%d" % self._blocks).digest()
            self._blocks += 1
        value, self._bytes = int.from_bytes(self._bytes[:2]) / 65536, self._bytes[2:]
        return low + (high - low) * value

    def pick[T](self, options: Sequence[T]) -> T:
        return options[int(self.number() * len(options))]
