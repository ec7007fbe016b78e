"""20,000 schedules of hold, take over, change, pin, pay, lapse and release: no seat is lost.

And why every event of a hold carries the tags of all its seats: without those of one event type,
the same schedules find the failure.
"""

import pytest

from apps.booking.events import HoldEvent, HoldPinned, SeatsHeld, SeatsReleased, SeatsSold
from apps.eventlog.events import Event
from tests.races.audit import HALF_TAKEN, ROBBED, SOLD_TWICE, TOO_EARLY
from tests.races.schedules import Schedule, TagsOf, tags_of

SCHEDULES = 20_000


def test_no_schedule_goes_wrong() -> None:
    happened = set[str]()
    for seed in range(SCHEDULES):
        schedule = Schedule(seed).run()
        assert not schedule.audit.found, f"schedule {seed}: {schedule.audit.found}"
        happened.update(schedule.happened)
    # Else they prove little: each of these was somewhere among them.
    assert happened >= {
        "conflict",
        "assumed",
        "HoldExpired",
        "ChangeSeats",
        "SeatsReleased",
        "HoldUnpinned",
        "RefundDue",
    }


def without_seats_of(cls: type[HoldEvent]) -> TagsOf:
    """As if events of that type were tagged by screening, hold and visitor alone."""

    def tags(event: Event) -> tuple[str, ...]:
        untouched = tags_of(event)
        if type(event) is cls:
            return tuple(tag for tag in untouched if not tag.startswith("seat:"))
        return untouched

    return tags


def without_earlier_seats(event: Event) -> tuple[str, ...]:
    """As if a hold's new seats were all that it has."""
    earlier = event.earlier if isinstance(event, SeatsHeld) else ()
    left_out = {f"seat:s1/{seat}" for seat in earlier}
    return tuple(tag for tag in tags_of(event) if tag not in left_out)


@pytest.mark.parametrize(
    ("tags", "failure"),
    [
        pytest.param(without_seats_of(HoldPinned), ROBBED, id="HoldPinned"),
        pytest.param(without_seats_of(SeatsSold), SOLD_TWICE, id="SeatsSold"),
        pytest.param(without_seats_of(SeatsReleased), HALF_TAKEN, id="SeatsReleased"),
        pytest.param(without_earlier_seats, HALF_TAKEN, id="SeatsHeld, earlier"),
    ],
)
def test_control_without_seat_tags_of_one_event(tags: TagsOf, failure: str) -> None:
    assert any(failure in Schedule(seed, tags).run().audit.found for seed in range(SCHEDULES))


def test_control_deciding_by_the_clocks_of_processes() -> None:
    schedules = (Schedule(seed, own_clocks=True).run() for seed in range(SCHEDULES))
    assert any(TOO_EARLY in schedule.audit.found for schedule in schedules)


@pytest.mark.parametrize("failure", [SOLD_TWICE, ROBBED])
def test_control_appending_what_was_decided_whatever_has_happened(failure: str) -> None:
    schedules = (Schedule(seed, counted=False).run() for seed in range(SCHEDULES))
    assert any(failure in schedule.audit.found for schedule in schedules)
