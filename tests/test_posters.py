"""Posters: always the same, always valid, never alike."""

import itertools
import random
import xml.etree.ElementTree as ElementTree

import pytest

from apps.catalog.posters import poster
from apps.catalog.posters.lettering import LONGEST, lines_of, readable
from apps.catalog.posters.motifs import MOTIFS
from apps.catalog.posters.palettes import PALETTES, contrast

SVG = "{http://www.w3.org/2000/svg}"
AWKWARD = [
    "X",
    "",
    "   ",
    "<&>",
    "\"Quoted\" 'titles'",
    "Pneumonoultramicroscopicsilicovolcanoconiosis in the House",
    "A Very Long Title That Goes On and On Until Nobody Reads It",
    "🎬 The 🐈 Returns",
    "Ночной поезд",
    "line\nbreak\x00\x07\u2028 and \ud800 worse",
    "word " * 200,
]


def parsed(title: str, genre: str = "drama", year: int = 2026) -> ElementTree.Element:
    return ElementTree.fromstring(poster(title, genre, year))


def test_is_the_same_for_ever() -> None:
    random.seed(1)
    first = poster("The Salt Meridian", "drama", 2026)
    random.seed(2)
    assert poster("The Salt Meridian", "drama", 2026) == first


@pytest.mark.parametrize("title", AWKWARD)
def test_takes_any_title(title: str) -> None:
    root = parsed(title)
    assert root.tag == f"{SVG}svg"
    name = root.findtext(f"{SVG}title") or ""
    assert name.endswith(", 2026")
    assert len(name) <= LONGEST + len(", 2026")


def test_says_the_title_in_text() -> None:
    assert parsed("<&> and friends").findtext(f"{SVG}title") == "<&> and friends, 2026"


@pytest.mark.parametrize("genre", [*MOTIFS, "mumblecore", "", "<script>"])
@pytest.mark.parametrize("year", [1926, 1984, 2026])
def test_every_genre_and_age_is_safe_under_a_strict_policy(genre: str, year: int) -> None:
    for element in parsed("Night Bus to Trieste", genre, year).iter():
        assert element.tag.removeprefix(SVG) not in {"style", "script", "image", "a", "use"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("genre", MOTIFS)
def test_films_of_one_genre_look_different(genre: str) -> None:
    pictures = {_picture(f"Film number {n}", genre) for n in range(20)}
    assert len(pictures) == 20
    assert len({_ground(f"Film number {n}", genre) for n in range(20)}) >= 3


def _picture(title: str, genre: str) -> str:
    """A poster without its words."""
    drawn = (element for element in parsed(title, genre).iter() if not element.text)
    return "".join(f"{element.tag}{sorted(element.attrib.items())}" for element in drawn)


def _ground(title: str, genre: str) -> str | None:
    ground = parsed(title, genre).find(f"{SVG}rect")
    return None if ground is None else ground.get("fill")


def test_staff_may_write_a_genre_with_capitals() -> None:
    assert poster("Night Bus", "Sci-fi", 2026) == poster("Night Bus", "sci-fi", 2026)


def test_an_unknown_genre_takes_any_motif() -> None:
    assert len({len(poster(f"Film {n}", "mumblecore", 2026)) // 1000 for n in range(30)}) > 3


def test_titles_can_be_read_on_every_ground() -> None:
    for genre, motifs in MOTIFS.items():
        for motif, palette in itertools.product(motifs, PALETTES[genre]):
            for under in motif.grounds(palette):
                assert contrast(palette.ink_on(under), under) >= 4.5, (genre, palette)


def test_lettering_stays_on_the_poster() -> None:
    for title in AWKWARD:
        for line in parsed(title).iter(f"{SVG}text"):
            wide = float(line.get("textLength", 0))
            assert wide <= 341
            assert 0 < float(line.get("y", 0)) < 600


def test_breaks_lines_evenly() -> None:
    assert lines_of("THE SALT MERIDIAN") == ["THE SALT", "MERIDIAN"]
    assert lines_of("X") == ["X"]
    assert len(lines_of("A VERY LONG TITLE THAT GOES ON AND ON UNTIL NOBODY READS IT")) == 4


def test_cuts_what_no_poster_could_show() -> None:
    assert readable("word " * 200).endswith("…")
    assert len(readable("word " * 200)) <= LONGEST
