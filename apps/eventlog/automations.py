"""Automations: read a to-do list, issue commands. And the log's own: forgetting old receipts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from apps.eventlog.models import Receipt
from apps.eventlog.projections import Projection

RECEIPTS_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Automation:
    """`act(now)` does what is due and answers when the next thing will be; None: nothing waits."""

    all: ClassVar[list["Automation"]] = []

    name: str
    act: Callable[[datetime], datetime | None]
    todo: Projection | None


type Act = Callable[[datetime], datetime | None]


def automation(name: str, *, todo: Projection | None = None) -> Callable[[Act], Act]:
    """Register an automation. Its to-do list is kept by the thread that works it off."""

    def register(act: Act) -> Act:
        Automation.all.append(Automation(name, act, todo))
        return act

    return register


@automation("eventlog.forget_receipts")
def forget_receipts(now: datetime) -> datetime | None:
    Receipt.objects.filter(recorded_at__lt=now - RECEIPTS_KEPT).delete()
    return now + timedelta(hours=1)
