"""Free the seats of holds that ran out."""

from datetime import datetime

from apps.booking.commands.expire_hold import ExpireHold
from apps.booking.models import OpenHold
from apps.booking.projections import open_holds
from apps.eventlog.automations import automation
from apps.eventlog.handling import handle


@automation("booking.expire_holds", todo=open_holds)
def expire_holds(now: datetime) -> datetime | None:
    """Nobody waits for this: whoever takes a lapsed seat ends its hold. It keeps the maps true."""
    waiting = OpenHold.objects.filter(pinned=False).order_by("until")
    for hold in waiting.filter(until__lte=now):
        command = ExpireHold(hold.screening, hold.hold, hold.visitor, tuple(hold.seats))
        # The list may be behind: its seats are in the id, so that other seats are another wish.
        command_id = f"auto:expire:{hold.hold}:{' '.join(hold.seats)}"
        handle(command, command_id=command_id, actor="automation:booking")
    return waiting.filter(until__gt=now).values_list("until", flat=True).first()
