"""Catch-up projections: read models that follow the log through the ORM, a moment behind."""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from django.db import transaction
from django.db.models import Model

from apps.eventlog import pokes
from apps.eventlog.applying import applying
from apps.eventlog.events import Event
from apps.eventlog.models import Checkpoint
from apps.eventlog.reading import Reader

type Handler = Callable[..., None]  # (event, position)


class Projection:
    """Keeps the tables of `models`, and no other does. Handlers have no side effects and touch no
    other table: a rebuild runs them again, on new tables, and is silent.
    """

    all: ClassVar[list["Projection"]] = []

    def __init__(self, name: str, *models: type[Model]) -> None:
        self.name = name
        self.models = models
        self._handlers: defaultdict[type[Event], list[Handler]] = defaultdict(list)
        self.all.append(self)

    def on[F: Handler](self, *types: type[Event]) -> Callable[[F], F]:
        """Call the decorated function(event, position) for each event of these types, in order."""

        def register(function: F) -> F:
            for cls in types:
                self._handlers[cls].append(function)
            return function

        return register

    def catch_up(self, limit: int = 500) -> bool:
        """Read and apply one batch; whether there was one. Tables and checkpoint move together."""
        checkpoint, _ = Checkpoint.objects.get_or_create(name=self.name)
        reader = Reader(checkpoint.position, self._handlers)
        batch = reader.read(limit)
        if not batch:
            return False
        with applying(self.name, batch), transaction.atomic():
            # Another process may have applied this batch: then the checkpoint is no longer ours.
            ours = Checkpoint.objects.filter(name=self.name, position=checkpoint.position)
            if ours.update(position=reader.position):
                for position, event in batch:
                    self.apply(event, position)
        pokes.wake_here()
        return True

    @property
    def types(self) -> Collection[type[Event]]:
        return self._handlers.keys()

    def handlers(self, cls: type[Event]) -> Sequence[Handler]:
        return self._handlers.get(cls, ())

    def apply(self, event: Event | None, position: int) -> None:
        if event is not None:
            for handler in self.handlers(type(event)):
                handler(event, position)

    def wait_for(self, position: int, timeout: float = 2.0) -> bool:
        """Wait until this read model shows the log up to `position`; False after `timeout` s."""
        waker, deadline = pokes.Waker(), time.monotonic() + timeout
        while not Checkpoint.objects.filter(name=self.name, position__gte=position).exists():
            if (left := deadline - time.monotonic()) <= 0:
                return False
            waker.wait(min(left, 0.05))
        return True


def catch_up_all() -> None:
    """Bring every read model up to date, here and now: for tests and for filling a demo."""
    while any([projection.catch_up() for projection in Projection.all]):
        pass
