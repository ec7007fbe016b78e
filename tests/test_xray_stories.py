"""Lines put into stories, and how they look."""

import pytest

from apps.eventlog.traces import Trace
from apps.xray import drawing, stories
from apps.xray.stories import Stories


def command(story: str, at: float = 1.0, title: str = "HoldSeats") -> Trace:
    facts = (("screening", "e9c9136e…"), ("seats", "F12"))
    return Trace("command", title, "booking.hold_seats", story, (), facts, None, "visitor:ann", at)


def projected(*positions: int, at: float = 2.0) -> Trace:
    return Trace("projection", "programme", "programme", positions=positions, at=at)


def test_positions_lead_to_their_stories() -> None:
    kept = Stories()
    kept.take([command("a"), command("b")])
    kept.learn({17: "a", 18: "b", 19: "b"})
    one, two = kept.take([projected(17, 18, 19, 99)])
    assert (one.correlation, one.lines[1].positions) == ("a", (17,))
    assert (two.correlation, two.lines[1].positions) == ("b", (18, 19))


def test_only_what_is_not_known_has_to_be_looked_up() -> None:
    kept = Stories()
    kept.learn({17: "a"})
    assert kept.unknown([projected(17, 18), command("a")]) == {18}


def test_what_follows_begins_no_story() -> None:
    kept = Stories()
    kept.learn({17: "a"})
    assert kept.take([projected(17)]) == []


def test_lines_stand_in_the_order_of_time() -> None:
    kept = Stories()
    kept.learn({17: "a"})
    (story,) = kept.take([command("a", at=1), projected(17, at=3)])
    kept.take([Trace("frames", "1 frame to 2 viewers", positions=(17,), at=2)])
    assert [line.kind for line in story.lines] == ["command", "frames", "projection"]


def test_old_stories_and_long_ones_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "MAX_STORIES", 2)
    monkeypatch.setattr(stories, "MAX_LINES", 3)
    monkeypatch.setattr(stories, "MAX_POSITIONS", 1)
    kept = Stories()
    kept.take([command("a"), command("b"), command("c")])
    kept.learn({1: "a", 2: "c"})
    assert kept.unknown([projected(1, 2)]) == {1}
    (story,) = kept.take([projected(2)] * 9)
    assert len(story.lines) == 3


def test_a_story_is_drawn_without_its_correlation() -> None:
    (story,) = Stories().take([command("web:secret<id>"), command("web:secret<id>", at=1.5)])
    drawn = drawing.draw(story)
    assert "secret" not in drawn
    assert "Hold seats <span>F12</span>" in drawn
    assert 'href="/event-model/booking.hold_seats/"' in drawn
    assert "+500 ms" in drawn


def test_what_is_told_cannot_be_markup() -> None:
    (story,) = Stories().take([command("a", title="<script>")])
    assert "<script" not in drawing.draw(story)


@pytest.mark.parametrize(
    ("positions", "said"), [((), ""), ((7,), "7"), ((17, 18, 19, 22), "17–19, 22")]
)
def test_positions_are_said_briefly(positions: tuple[int, ...], said: str) -> None:
    assert drawing.in_ranges(positions) == said


def test_without_a_picture_there_is_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing.link_to.cache_clear()
    monkeypatch.setattr(drawing, "SLICE", "eventmodel:no-such-route")
    assert drawing.link_to("booking.hold_seats") == ""
    drawing.link_to.cache_clear()
