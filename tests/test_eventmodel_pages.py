"""The event model's pages: who may see them, and how the last run is laid over the picture."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from apps.eventmodel import drawing_results, texts, views
from apps.eventmodel.drawing_details import details_of
from apps.eventmodel.layout import picture_of
from apps.eventmodel.results import LastRun
from tests.eventmodel_sample import small

HOLD = "booking.hold_seats"


def asked_by(*, staff: bool) -> str:
    """What is shown."""
    request = RequestFactory().get("/event-model/")
    request.user = SimpleNamespace(is_staff=staff)  # type: ignore[assignment]
    guarded = views.for_developers(lambda request: "the model")  # type: ignore[arg-type, return-value]
    return str(guarded(request))


def test_in_production_it_is_the_staff_s(settings: Any) -> None:
    settings.PRODUCTION = True
    assert asked_by(staff=True) == "the model"
    with pytest.raises(Http404):
        asked_by(staff=False)


def test_elsewhere_it_is_everybody_s() -> None:
    assert asked_by(staff=False) == "the model"


def test_a_run_is_laid_over_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    model = small()
    passed, failed, *_ = [told.id for told in model.slices[2].specifications]
    run = LastRun(datetime(2030, 6, 1, tzinfo=UTC), {passed: "passed", failed: "failed"})
    monkeypatch.setattr(drawing_results, "last_run", lambda: run)
    picture = picture_of(model)
    marks = list(drawing_results.marks_on(picture))
    assert [mark.outcome for mark in marks] == ["passed", "failed"]
    column = picture.slices[2]
    assert all(column.x < mark.x < column.x + column.specifications.width for mark in marks)
    summary = drawing_results.summary_of(model)
    assert [told.id for _, told in summary.failed] == [failed]
    assert (summary.passed, summary.unrun) == (1, summary.specifications - 2)


def test_without_a_run_there_is_nothing_to_lay_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing_results, "last_run", lambda: None)
    assert list(drawing_results.marks_on(picture_of(small()))) == []
    assert drawing_results.summary_of(small()).at is None


def test_every_real_slice_shows_its_code() -> None:
    for each in views.drawing().model.slices:
        sources = details_of(each, {}).sources
        assert sources, each.name
        assert len({source.path for source in sources}) == len(sources)


def test_code_is_shown_once_a_module() -> None:
    hold = next(each for each in views.drawing().model.slices if each.name == HOLD)
    sources = {source.path: source.code for source in details_of(hold, {}).sources}
    assert "class HoldSeats(Command" in sources["apps/booking/commands/hold_seats.py"]
    assert "class SeatsHeld(" in sources["apps/booking/events.py"]


def test_what_no_page_may_have_is_shown_as_its_code() -> None:
    assert texts.value("Salt\x00\n“x”") == "Salt\\x00\n“x”"
