"""German is whole: every text is there, and says what the English one says."""

import gettext
import re
from pathlib import Path

import polib
import pytest

from cinema_site.folder import REPOSITORY
from tests.languages.lint import untranslated
from tests.languages.texts import marked, templates

FOLDER = REPOSITORY / "locale" / "de" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\w+\}|<[^>]+>")


@pytest.fixture(scope="module")
def german() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def test_no_entry_is_empty_or_a_guess(german: polib.POFile) -> None:
    """What lacks a translation is written here; `make messages` puts the entries in."""
    assert [entry.msgid for entry in german if not entry.translated()] == []


def test_every_text_of_the_code_has_an_entry(german: polib.POFile) -> None:
    there = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in german}
    missing = {f"{path.name}: {key[1]}" for path, key in marked() if key not in there}
    assert missing == set(), "run `make messages` and translate them"


def test_placeholders_and_tags_are_kept(german: polib.POFile) -> None:
    for entry in german:
        english = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        one, *more = entry.msgstr_plural.values() or [entry.msgstr]
        # A single thing may go without its number.
        assert set(PLACEHOLDER.findall(one)) <= english, entry.msgid
        for text in more or [one]:
            assert set(PLACEHOLDER.findall(text)) == english, entry.msgid


def test_what_is_compiled_is_what_is_written(german: polib.POFile) -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in german:
        if entry.msgid_plural:
            told = {
                n: compiled.ngettext(entry.msgid, entry.msgid_plural, 2 - (n == 0)) for n in (0, 1)
            }
            assert told == entry.msgstr_plural
        elif entry.msgctxt:
            assert compiled.pgettext(entry.msgctxt, entry.msgid) == entry.msgstr
        else:
            assert compiled.gettext(entry.msgid) == entry.msgstr


@pytest.mark.parametrize(
    "path", list(templates()), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_template_says_nothing_in_one_language_only(path: Path) -> None:
    assert untranslated(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Sold out</p>",
        "<p>{{ minutes }} min</p>",
        '<img alt="Poster of {{ title }}">',
        '{% include "x.html" with label="Your seats" %}',
        '{{ starts|date:"D j F" }}',
    ],
)
def test_the_lint_sees_what_is_not_translated(source: str) -> None:
    assert untranslated(source)


def test_the_lint_passes_what_is() -> None:
    source = '{% translate "Seats" %} · {% blocktranslate %}in {{ n }} rows{% endblocktranslate %}'
    assert not untranslated(f'<p title="{{{{ name }}}}">{source}</p> {{{{ day|date:"DAY" }}}}')
