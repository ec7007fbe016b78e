"""The tags of the catalog's facts: whoever must meet shares one."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from apps.catalog.tags import auditorium_days, auditorium_name_tag

MONDAY = datetime(2030, 1, 7, tzinfo=UTC)
MOMENTS = st.integers(0, 4000).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
LENGTHS = st.integers(1, 600).map(lambda minutes: timedelta(minutes=minutes))


def texts(starts: datetime, minutes: int) -> list[str]:
    ends = starts + timedelta(minutes=minutes)
    return [tag.text for tag in auditorium_days("aud1", starts, ends)]


def test_a_screening_has_a_tag_for_each_utc_day_that_it_touches() -> None:
    evening = datetime(2030, 6, 1, 23, tzinfo=UTC)
    assert texts(evening, 59) == ["auditorium-day:aud1/2030-06-01"]
    assert texts(evening, 60) == ["auditorium-day:aud1/2030-06-01"]
    assert texts(evening, 61) == [
        "auditorium-day:aud1/2030-06-01",
        "auditorium-day:aud1/2030-06-02",
    ]


def test_days_are_those_of_utc_whatever_the_zone() -> None:
    auckland = timezone(timedelta(hours=12))
    assert texts(datetime(2030, 6, 2, 10, tzinfo=auckland), 60) == [
        "auditorium-day:aud1/2030-06-01"
    ]


@given(MOMENTS, LENGTHS, MOMENTS, LENGTHS)
def test_whatever_overlaps_shares_a_day(
    one: datetime, one_lasts: timedelta, other: datetime, other_lasts: timedelta
) -> None:
    if one < other + other_lasts and other < one + one_lasts:
        days = set(auditorium_days("aud1", one, one + one_lasts))
        assert days & set(auditorium_days("aud1", other, other + other_lasts))


def test_names_that_read_alike_share_a_tag() -> None:
    assert auditorium_name_tag("Grand  Hall ") == auditorium_name_tag("grand hall")
    assert auditorium_name_tag("1/2").text == "auditorium-name:1-2"
