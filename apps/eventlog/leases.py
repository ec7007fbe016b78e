"""Leases: of several workers, one leads each projection and each automation.

A lease saves work; it guards nothing. Two may lead for a moment, when a process that was frozen
wakes up beside its successor. What must happen once is guarded where it happens: a projection's
checkpoint moves in one transaction with its tables, and a command that an automation issues again
finds its receipt.

Time is the database's. A session's advisory lock would not do: behind a pooler two workers share a
session, and both lead.
"""

import os
import socket
import threading
import time
from collections.abc import Iterable
from uuid import uuid4

from django.db import connection

LASTS = 2.5  # seconds; a dead leader's job rests no longer than this and one turn of its successor
RENEW = 0.5  # seconds between two turns

TAKE = """
INSERT INTO eventlog_lease AS lease (name, holder, until)
SELECT wanted.name, %s, statement_timestamp() + make_interval(secs => %s)
FROM unnest(%s::text[]) AS wanted(name) ORDER BY wanted.name
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until < statement_timestamp()
RETURNING name
"""
GIVE_BACK = "DELETE FROM eventlog_lease WHERE holder = %s AND name <> ALL(%s::text[])"


class Leases:
    """Those of one worker. One thread takes turns, so long steps of others lose no lease."""

    def __init__(self, names: Iterable[str]) -> None:
        self.holder = f"{socket.gethostname()}/{os.getpid()}/{uuid4().hex}"
        self.changed = threading.Event()  # the next turn should be soon
        self.changed.set()
        self._wanted = set(names)
        self._led_until: dict[str, float] = {}

    def leads(self, name: str) -> bool:
        """Whether this worker may take it that no other does the same."""
        return time.monotonic() < self._led_until.get(name, 0)

    def want(self, name: str) -> None:
        self._wanted.add(name)
        self.changed.set()

    def give_up(self, name: str) -> None:
        """Let another worker lead, at once."""
        self._wanted.discard(name)
        self._led_until.pop(name, None)
        self.changed.set()

    def turn(self) -> set[str]:
        """Give back what is no longer wanted, renew what is ours, take what is free: the new ones.

        Without the database nothing is renewed, and within seconds this worker leads nothing.
        """
        began, wanted = time.monotonic(), list(self._wanted)
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, [self.holder, wanted])
            cursor.execute(TAKE, [self.holder, LASTS, wanted])
            ours = {name for (name,) in cursor.fetchall()}
        before, self._led_until = self._led_until, dict.fromkeys(ours, began + LASTS)
        return ours - before.keys()
