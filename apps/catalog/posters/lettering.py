"""Titles like wood type: each line is set to the full measure."""

import itertools
import unicodedata

from apps.catalog.posters.shapes import text

CAP = 0.82  # a line's height, and a condensed face's width, for its size
LONGEST = 80
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ ’-,.!:"
_WIDTHS = (
    *(722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611),
    *(278, 278, 333, 278, 278, 278, 278),
)
WIDTHS = dict(zip(_LETTERS, _WIDTHS, strict=True))


def readable(title: str) -> str:
    """One line without what XML cannot carry, cut where no poster could show more."""
    kept = "".join(" " if unicodedata.category(c) in _UNPRINTABLE else c for c in title)
    words = " ".join(kept.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


_UNPRINTABLE = {"Cc", "Cs", "Cn", "Zl", "Zp"}


class Lettering:
    def __init__(self, title: str, measure: float, room: float) -> None:
        """Fit `title` into `measure` wide and `room` high."""
        lines = lines_of(title.upper().replace("'", "’"))
        smallest = min(measure / width(line) for line in lines)
        sizes = [min(measure / width(line), smallest * 1.7) for line in lines]
        fit = min(1.0, room / (sum(sizes) * CAP))
        self._rows = [(line, size * fit) for line, size in zip(lines, sizes, strict=True)]
        self.height = sum(size * CAP for _, size in self._rows)

    def svg(self, left: float, top: float, ink: str) -> str:
        drawn = []
        for line, size in self._rows:
            top += size * CAP
            drawn.append(
                text(
                    line,
                    x=left,
                    y=top - size * 0.05,
                    font_size=size,
                    textLength=width(line) * size,
                    lengthAdjust="spacingAndGlyphs",
                    font_weight="700",
                    fill=ink,
                )
            )
        return "".join(drawn)


def width(line: str) -> float:
    """The width of a line at size 1; never nothing."""
    return max(sum(WIDTHS.get(letter, 600) for letter in line), 278) * CAP / 1000


def lines_of(title: str) -> list[str]:
    """The most even break into two lines, or into three or four where the title is long."""
    words = title.split()
    parts = min(len(words), 2 + (len(title) > 26) + (len(title) > 48))
    if parts < 2:
        return [title]
    cuts = itertools.combinations(range(1, len(words)), parts - 1)
    return min((_break(words, cut) for cut in cuts), key=_unevenness)


def _break(words: list[str], cut: tuple[int, ...]) -> list[str]:
    edges = itertools.pairwise((0, *cut, len(words)))
    return [" ".join(words[start:end]) for start, end in edges]


def _unevenness(lines: list[str]) -> float:
    widths = [width(line) for line in lines]
    return max(widths) - min(widths)
