"""Rejections, money and moments, language by language."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings
from django.utils.formats import date_format
from django.utils.translation import override

from apps.catalog.money import show
from apps.catalog.plans import parse
from apps.catalog.texts import must_be_line
from apps.eventlog.commands import Rejected, Words
from apps.eventlog.wording import told

STARTS = datetime(2026, 11, 28, 20, 15, tzinfo=UTC)
TAKEN = Rejected(
    "{auditorium} is taken then: {title} runs {starts} to {ends}.",
    auditorium="Grand",
    title="Salt",
    starts=STARTS,
    ends=STARTS.replace(hour=22, minute=30).time(),
)


def test_a_rejection_is_english_as_text() -> None:
    assert str(TAKEN) == "Grand is taken then: Salt runs Sat 28 November, 20:15 to 22:30."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en-gb", "Grand is taken then: Salt runs Sat 28 November, 20:15 to 22:30."),
        (
            "de",
            "Grand ist dann belegt: Salt läuft von Samstag, 28. November, 20:15 Uhr bis 22:30 Uhr.",
        ),
    ],
)
def test_its_moments_are_told_in_each_language(language: str, sentence: str) -> None:
    with override(language):
        assert told(TAKEN) == sentence


@pytest.mark.parametrize(
    ("seats", "english", "german"),
    [
        (("A7",), "A7", "A7"),
        (("A7", "A8"), "A7 and A8", "A7 und A8"),
        (("A7", "A8", "A9"), "A7, A8 and A9", "A7, A8 und A9"),
    ],
)
def test_its_lists_too(seats: tuple[str, ...], english: str, german: str) -> None:
    rejection = Rejected("You have bought {seats} already.", seats=seats)
    assert str(rejection) == f"You have bought {english} already."
    with override("de"):
        assert told(rejection) == f"{german} haben Sie schon gekauft."


def test_and_its_words() -> None:
    with pytest.raises(Rejected) as refusal:
        must_be_line(Words("the title"), "x" * 9, 8)
    assert str(refusal.value) == "Shorten the title to 8 characters."
    with override("de"):
        assert told(refusal.value) == "Der Titel darf höchstens 8 Zeichen lang sein."


def test_what_was_typed_is_no_template() -> None:
    with pytest.raises(Rejected) as refusal:
        parse(["A #{row}"])
    with override("de"):
        assert (
            told(refusal.value)
            == "Reihe A: '{' ist weder ein Platz (#, w oder c) noch eine Lücke (.)."
        )


@pytest.mark.parametrize(
    ("cents", "shown"),
    [(950, "9,50 €"), (0, "0,00 €"), (120_950, "1.209,50 €"), (-5, "−0,05 €")],
)
def test_money_in_german(cents: int, shown: str) -> None:
    with override("de"), override_settings(CURRENCY="EUR"):
        assert show(cents) == shown.replace(" ", "\N{NO-BREAK SPACE}")
    with override("de"), override_settings(CURRENCY="CHF"):
        assert show(cents).endswith("\N{NO-BREAK SPACE}CHF")


@pytest.mark.parametrize(
    ("name", "english", "german"),
    [
        ("CLOCK", "20:15", "20:15"),
        ("DATE", "28 November", "28. November"),
        ("DAY", "Saturday 28 November", "Samstag, 28. November"),
        ("SHORT_DAY", "Sat 28 November", "Sa, 28. November"),
        ("MOMENT", "Sat 28 November, 20:15", "Samstag, 28. November, 20:15 Uhr"),
        ("STAMP", "2026-11-28T20:15:00+0000", "2026-11-28T20:15:00+0000"),
    ],
)
def test_moments(name: str, english: str, german: str) -> None:
    with override("en-gb"):
        assert date_format(STARTS, name) == english
    with override("de"):
        assert date_format(STARTS, name) == german
