"""Whatever is typed: an error of the form, and no trace in the log."""

import pytest
from django.test import Client

from apps.catalog.models import Screening
from apps.eventlog.models import StoredEvent
from tests.admin.forms import add, auditorium, errors, movie, screening

GARBAGE = ["", "\x00", "x" * 10_000, "9" * 10_000, "-1", "1e999999", "NaN", "<b>&amp;", "💺" * 50]


@pytest.mark.parametrize("field", ["command", "genre", "rating", "minutes", "year"])
def test_garbage_about_a_movie_is_an_error_of_the_form(staff: Client, field: str) -> None:
    for garbage in GARBAGE:
        assert errors(add(staff, "movie", **movie(**{field: garbage})))
    assert not StoredEvent.objects.exists()


def test_no_text_about_a_movie_breaks_the_form(staff: Client) -> None:
    for field in ["title", "synopsis", "language"]:
        for text in ["", "\x00", "x" * 10_000, "a\x07b"]:
            assert errors(add(staff, "movie", **movie(**{field: text})))
    assert not StoredEvent.objects.exists()
    for number, text in enumerate(["<b>&amp;", "💺 🎬", "a\u00a0b", "1e999", "';--"]):
        typed = movie(title=text, synopsis=text, language=text, slug=f"movie-{number}")
        assert add(staff, "movie", **typed).redirect_chain
    assert StoredEvent.objects.count() == 5


def test_garbage_for_an_address_is_an_error_of_the_form(staff: Client) -> None:
    for garbage in ["Slash/ed", "\x00", "x" * 10_000, "_", "--", "Ünder"]:
        assert errors(add(staff, "movie", **movie(slug=garbage)))


def test_garbage_for_an_auditorium_is_an_error_of_the_form(staff: Client) -> None:
    for garbage in GARBAGE:
        assert errors(add(staff, "auditorium", **auditorium(plan=garbage)))
    for garbage in ["", "\x00", "x" * 10_000]:
        assert errors(add(staff, "auditorium", **auditorium(name=garbage)))
    assert not StoredEvent.objects.exists()


TIMES = ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", "2001-01-01T10:00"]


@pytest.mark.parametrize(
    ("field", "garbage"),
    [
        ("movie", GARBAGE),
        ("auditorium", GARBAGE),
        ("starts", [*GARBAGE, *TIMES, "0001-01-01T00:00+14:00"]),
        ("format", GARBAGE[1:]),  # left empty it is 2D
        ("language", ["x" * 10_000, "a\x07b"]),
        ("subtitles", ["x" * 10_000, "a\x07b"]),
        ("minutes", GARBAGE[1:]),  # left empty it is the movie's length
        ("price", [*GARBAGE, "1000.01", "0.001", "Infinity", "1,000", "9,5,0"]),
    ],
)
def test_garbage_about_a_screening_is_an_error_of_the_form(
    shown: Client, field: str, garbage: list[str]
) -> None:
    for typed in garbage:
        assert errors(add(shown, "screening", **screening(**{field: typed})))
    assert not Screening.objects.exists()


def test_an_empty_post_is_an_error_of_the_form(staff: Client) -> None:
    assert errors(staff.post("/admin/catalog/movie/add/"))
