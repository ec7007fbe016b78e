"""Watches a projection apply a batch, and tells it as a trace. Only while somebody listens."""

import re
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import connection

from apps.eventlog import traces
from apps.eventlog.models import Checkpoint
from apps.eventlog.reading import Recorded
from apps.eventlog.traces import Trace

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


def applying(name: str, batch: Sequence[Recorded]) -> AbstractContextManager[None]:
    """Goes round the transaction, so that its commit is measured too."""
    return Applying(name, batch) if traces.listeners else nullcontext()


class Applying(AbstractContextManager[None]):
    def __init__(self, name: str, batch: Sequence[Recorded]) -> None:
        self._name = name
        self._positions = tuple(position for position, event in batch if event is not None)
        self._rows: Counter[str] = Counter()
        self._counting = connection.execute_wrapper(self._count)

    def __enter__(self) -> None:
        self._began = time.perf_counter()
        self._counting.__enter__()

    def __exit__(self, kind: type[BaseException] | None, *failure: Any) -> None:
        self._counting.__exit__(kind, *failure)
        # Without its checkpoint it has written nothing: another worker was first.
        moved = self._rows.pop(Checkpoint._meta.db_table, 0)
        if moved and self._positions and kind is None:
            self._tell(traces.milliseconds(self._began))

    def _tell(self, took: float) -> None:
        rows = tuple((table, _rows(count)) for table, count in self._rows.items())
        facts = rows or (("rows", "none changed"),)
        trace = Trace("projection", self._name, self._name, "", self._positions, facts, took)
        traces.emit(trace)

    def _count(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if (written := WRITES.match(sql)) and context["cursor"].rowcount:
            self._rows[written[1]] += context["cursor"].rowcount
        return answer


def _rows(count: int) -> str:
    return f"{count} row{'s' * (count != 1)}"
