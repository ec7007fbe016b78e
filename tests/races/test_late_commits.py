"""An event with a lower position that commits later is not missed by a condition.

Two append to one topic side by side; the second commits first. Somebody decides by that topic
after the second and before the first has committed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest

from apps.eventlog.commands import History
from apps.eventlog.events import Event
from apps.eventlog.handling import handle
from tests.history import tell
from tests.races import crowd
from tests.races.flights import NOT_YET, SOON, Meanwhile, in_flight
from tests.races.notes import Noted, Struck, Topic, command

EARLY, LATE = Noted(("t", "committed later")), Noted(("t", "committed first"))
NOTES = command([], lambda history: [EARLY])
APPEND = """
SELECT eventlog_append(
    %s::text, 'test', '', '{test-topic:t}', '{true}',
    '{test-topic:t}', NULL, %s::bigint, NULL, NULL,
    '{test.Struck}', ARRAY['{test-topic:t}'], '[{"topics": ["t"]}]', '{}'
)
"""


@contextmanager
def position_two_before_one(database: str) -> Iterator[psycopg.Connection]:
    """Position 2 is committed. 1 is not, until the connection that is yielded does it."""
    with in_flight(database, NOTES) as early:
        assert tell(LATE) == 2
        yield early


def test_handle_decides_by_both(database: str) -> None:
    looked: list[History] = []

    def decide(history: History) -> list[Event]:
        looked.append(history)
        return [Struck(("t",))]

    strike = command([Topic("t")], decide)
    with position_two_before_one(database) as early:
        decider = Meanwhile(lambda: handle(strike, command_id="strike", actor="test"))
        assert not decider.done(NOT_YET)
        early.commit()
        assert decider.done(SOON)
    assert looked == [[LATE], [EARLY, LATE]]


def test_the_count_tells(database: str) -> None:
    with pytest.raises(psycopg.Error, match="the boundary has changed"):
        append_having_seen(database, count=1)


def test_control_the_highest_position_does_not_tell(database: str) -> None:
    crowd.by_highest_position()
    assert append_having_seen(database, count=2) > 2


def append_having_seen(database: str, count: int) -> int:
    """The position that it was given."""
    with position_two_before_one(database) as early:
        early.commit()
    with psycopg.connect(database) as decider:  # who read when only position 2 was to be seen
        appended = decider.execute(APPEND, (uuid4().hex, count)).fetchone()
    assert appended
    return int(appended[0])
