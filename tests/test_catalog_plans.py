"""A plan's text, and the seats that come of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.catalog import plans
from apps.catalog.plans import Place
from apps.eventlog.commands import Rejected


def test_seats_are_numbered_from_the_left_and_know_where_they_stand() -> None:
    assert plans.parse(("A .#.#", "", "BB ##")) == (
        Place("A1", "A", 1, x=2, y=1),
        Place("A2", "A", 2, x=4, y=1),
        Place("BB1", "BB", 1, x=1, y=3),
        Place("BB2", "BB", 2, x=2, y=3),
    )


def test_spaces_and_companions_seats_are_numbered_like_others() -> None:
    assert [(place.seat, place.kind) for place in plans.parse(("A wc.#",))] == [
        ("A1", "wheelchair"),
        ("A2", "companion"),
        ("A3", "seat"),
    ]


def test_the_widest_row_is_the_width() -> None:
    assert plans.width(("A .#.#", "", "B ##")) == 4


def test_what_was_typed_around_the_plan_does_not_count() -> None:
    assert plans.tidy("\r\n\n A ##  \n\nB #\t\n\n") == (" A ##", "", "B #")
    assert plans.tidy(" \n") == ()


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ([], "The plan is empty: give it at least one row of seats."),
        (["A\t##"], "Line 1: start with the row's name, one or two capital letters."),
        (["A #", "ABC ##"], "Line 2: start with the row's name, one or two capital letters."),
        (["A  ##"], "Row A: ' ' is neither a seat (#, w or c) nor a gap (.)."),
        (["A ##\x00"], "Row A: '\\x00' is neither a seat (#, w or c) nor a gap (.)."),
        (["B " + "#" * 10_000], "Row B is 10000 cells wide; 38 are the most."),
    ],
)
def test_a_refusal_names_the_row(plan: list[str], problem: str) -> None:
    with pytest.raises(Rejected) as refusal:
        plans.parse(plan)
    assert str(refusal.value) == problem


@given(st.text())
def test_any_text_is_a_plan_or_a_refusal(text: str) -> None:
    try:
        seats = [place.seat for place in plans.parse(plans.tidy(text))]
    except Rejected:
        return
    assert len(set(seats)) == len(seats) > 0
