"""What keeps a table inline is written twice: as SQL for each append, as a fold for a rebuild.

Random histories, also such as no command would decide, must leave the same rows by both.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from apps.booking.events import HoldEvent
from apps.booking.models import Claim
from apps.booking.specs import examples
from apps.eventlog import inline
from apps.eventlog.inline import Row
from tests.history import tell

SEATS, HOLDS = ["A1", "A2", "A3", "A4"], ["h1", "h2"]
KINDS: list[Callable[..., HoldEvent]] = [
    examples.held,
    examples.held,
    examples.released,
    examples.expired,
    examples.pinned,
    examples.unpinned,
    examples.sold,
]


@st.composite
def histories(draw: st.DrawFn) -> list[HoldEvent]:
    """Of one screening. Nobody takes a seat that has a claim, all else may happen."""
    screening, told = uuid4().hex, list[HoldEvent]()
    for make in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=25)):
        hold = draw(st.sampled_from(HOLDS))
        seats = draw(st.lists(st.sampled_from(SEATS), min_size=1, unique=True))
        if make is examples.held:
            claimed = refolded(Claim, told, 0)
            seats = [seat for seat in seats if (screening, seat) not in claimed]
        event = make(*seats, hold=hold, by=f"visitor of {hold}")
        told.append(replace(event, screening=screening))
    return told


def refolded(model: type[Model], told: list[HoldEvent], first: int) -> dict[Row, Row]:
    rows, folds = dict[Row, Row](), inline.folds[model]
    for position, event in enumerate(told, start=first):
        if type(event) in folds:
            folds[type(event)](rows, event, position)
    return rows


@pytest.mark.usefixtures("database")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories())
def test_both_leave_the_same_rows(told: list[HoldEvent]) -> None:
    last = tell(*told)
    for model in inline.folds:
        columns = [field.name for field in model._meta.local_concrete_fields]
        kept = model._default_manager.filter(screening=told[0].screening)
        expected = refolded(model, told, first=last - len(told) + 1)
        assert {row[:2]: row for row in kept.values_list(*columns)} == expected


@pytest.mark.usefixtures("database")
def test_both_refuse_to_give_a_seat_away_twice() -> None:
    told: list[HoldEvent] = [examples.held("A1"), examples.held("A1", hold="h2")]
    with pytest.raises(IntegrityError):
        tell(*told)
    with pytest.raises(ValueError, match="gives A1 of s1 away twice, at 2"):
        refolded(Claim, told, first=1)


def test_every_event_that_is_kept_inline_has_its_folds() -> None:
    folded = {cls for folds in inline.folds.values() for cls in folds}
    assert folded == set(inline.by_type)
    assert sum(map(len, inline.by_type.values())) == sum(map(len, inline.folds.values()))
