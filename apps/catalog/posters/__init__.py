"""Posters from a recipe: one film, one picture, for ever the same.

Every number is drawn in a fixed order from a stream seeded by title, genre and year: first the
motif (two to a genre), then the palette, then the motif's own measures, then whether the picture
is mirrored. The year says the finish: a printed border before 1970, two bands before 2000, then
full bleed. Only presentation attributes are used, no style of any kind, so the file is safe under
a strict Content-Security-Policy.
"""

from html import escape

from apps.catalog.posters.lettering import Lettering, readable
from apps.catalog.posters.motifs import Motif, motif_for
from apps.catalog.posters.palettes import Palette, palettes_for
from apps.catalog.posters.shapes import HEIGHT, WIDTH, bar, frame, text
from apps.catalog.posters.stream import Stream

FONT = (
    "'Avenir Next Condensed','Roboto Condensed','Arial Narrow','Liberation Sans Narrow',"
    "Bahnschrift,sans-serif"
)


def poster(title: str, genre: str, year: int) -> str:
    """The SVG text of a film's poster, 400 by 600; an unknown genre takes any motif."""
    title, genre = readable(title), readable(genre).casefold()
    stream = Stream(f"{title}|{genre}|{year}")
    motif = motif_for(genre, stream)
    palette = stream.pick(palettes_for(genre, stream))
    picture = "".join(motif.draw(stream, palette))
    if motif.mirrors and stream.number() < 0.5:
        picture = f'<g transform="matrix(-1 0 0 1 {WIDTH} 0)">{picture}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="{FONT}" role="img">'
        f"<title>{escape(title)}, {year}</title>"
        f"{bar(0, 0, WIDTH, HEIGHT, palette.ground)}{picture}"
        f"{_words(title, genre, year, motif, palette)}{_finish(year, palette)}</svg>\n"
    )


def _words(title: str, genre: str, year: int, motif: Motif, palette: Palette) -> str:
    margin, foot = (38, 58) if year < 1970 else (30, 46)
    lettering = Lettering(title, WIDTH - 2 * margin, 150 if motif.title_on_top else 136)
    top = 44.0 if motif.title_on_top else HEIGHT - foot - lettering.height
    under, small_under = motif.grounds(palette)
    ink, small = palette.ink_on(under), palette.ink_on(small_under)
    baseline = HEIGHT - 22 if motif.title_on_top else HEIGHT - foot + 24
    fine: dict[str, str | float] = {
        "font_size": 13,
        "letter_spacing": 2.5,
        "font_weight": 700,
        "fill": small,
    }
    return (
        ("" if motif.title_on_top else motif.foot(palette, top))
        + lettering.svg(margin, top, ink)
        + text(genre.upper()[:24], x=margin, y=baseline, **fine)
        + text(str(year), x=WIDTH - margin, y=baseline, text_anchor="end", **fine)
    )


def _finish(year: int, palette: Palette) -> str:
    if year < 1970:
        return frame(6, 12, palette.light) + frame(17, 1.5, palette.light)
    if year < 2000:
        return bar(0, 0, WIDTH, 10, palette.first) + bar(0, 10, WIDTH, 5, palette.light)
    return ""
