"""Two programmers for one slot of an auditorium: one gets it, the other is logged who has it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from apps.catalog.commands.schedule_screening import ScheduleScreening
from apps.catalog.events import ScreeningScheduled
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.eventlog import clock
from tests.history import logged, tell
from tests.races import crowd

ROUNDS = 100


def test_exactly_one_programmer_wins(database: str) -> None:
    answers = crowd.all_at_once(programmers_for_one_slot())
    assert [answer.count(True) for answer in answers] == [1] * ROUNDS
    assert overlaps() == 0
    refusals = [answer for answered in answers for answer in answered if answer is not True]
    assert all(
        str(refusal).startswith("Grand is taken then: The Salt Meridian") for refusal in refusals
    )


def test_control_without_locks_screenings_overlap(database: str) -> None:
    crowd.without_locks()
    crowd.all_at_once(programmers_for_one_slot())
    assert overlaps() > 0


def programmers_for_one_slot() -> list[list[crowd.Wish]]:
    """Each round two overlapping screenings, over midnight, so that they share but one day."""
    tell(movie_added(), auditorium_added())
    first = clock.now().replace(hour=22, minute=0) + timedelta(days=1)
    nights = [first + timedelta(days=2 * nth) for nth in range(ROUNDS)]
    return [
        [schedule(night, f"early-{nth}"), schedule(night + timedelta(hours=3), f"late-{nth}")]
        for nth, night in enumerate(nights)
    ]


def schedule(starts: datetime, screening: str) -> crowd.Wish:
    command = ScheduleScreening(screening, "mov1", "aud1", starts.astimezone(UTC), 240, 950)
    return command, screening, "staff:1"


def overlaps() -> int:
    events = logged(ScreeningScheduled)
    scheduled = [event for event in events if isinstance(event, ScreeningScheduled)]
    scheduled.sort(key=lambda event: event.starts)
    return sum(a.ends > b.starts for a, b in pairwise(scheduled))
