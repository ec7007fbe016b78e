"""Two who name the same seats in another order: one waits for the other, never both."""

import pytest
from django.db import connection

from apps.booking.specs.examples import on_sale
from apps.booking.specs.hold_seats import hold
from apps.eventlog import handling
from tests.history import tell
from tests.races import crowd
from tests.waiting import until

PAIRS = [(f"{row}{number}", f"{row}{number + 1}") for row in "AB" for number in range(1, 10, 2)]
LATELY = "SELECT numbackends, deadlocks FROM pg_stat_database WHERE datname = current_database()"


@pytest.mark.parametrize("ordered", [True, False], ids=["ordered", "control: as they are named"])
def test_nobody_waits_in_a_circle(
    database: str, ordered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd.resting_between_locks()
    if not ordered:
        monkeypatch.setattr(handling, "sorted", list, raising=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        cursor.execute(f"ALTER DATABASE {cursor.fetchone()[0]} SET deadlock_timeout = '20ms'")
    tell(on_sale())
    answers = crowd.all_at_once([wishes_for(*pair) for pair in PAIRS])
    assert [answer.count(True) for answer in answers] == [1] * len(PAIRS)
    assert (deadlocks() == 0) == ordered


def wishes_for(one: str, other: str) -> list[crowd.Wish]:
    return [
        crowd.wish(hold(one, other, by=f"ann-{one}", named=f"h-{one}")),
        crowd.wish(hold(other, one, by=f"bob-{one}", named=f"h-{other}")),
    ]


def deadlocks() -> int:
    """What the sessions of all others, ended by now, have told of."""
    with connection.cursor() as cursor:

        def lately() -> tuple[int, int]:
            cursor.execute(LATELY)
            found: tuple[int, int] = cursor.fetchone()
            return found

        until(lambda: lately()[0] == 1)
        return lately()[1]
