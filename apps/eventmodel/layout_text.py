"""How wide words are, near enough, and how they are broken and shortened to fit."""

from typing import NamedTuple

# Widths of a sans-serif face in thousandths of its size (Arial's; bold ones are a tenth wider).
NARROW = {**dict.fromkeys("ijl'|", 222), **dict.fromkeys(' .,:;!/ftI[]()-r"·', 300)}
WIDE = {**dict.fromkeys("mMW%@…—", 940), **dict.fromkeys("wABCDEGHKNOPQRSUVXY&⊘→", 745)}
OTHER = 556


class Face(NamedTuple):
    """A style of the picture's text. Sizes as in static/css/eventmodel-picture.css."""

    name: str
    size: float
    stretch: float  # of OTHER and its like; 0 is a face whose letters are all 0.6 wide


HEAD = Face("head", 24, 1.02)
NAME = Face("name", 17, 1.02)
DATA = Face("data", 12.5, 0)
SMALL = Face("small", 13, 1.04)
STRONG = Face("strong", 13, 1.12)


def width(words: str, face: Face) -> float:
    if not face.stretch:
        return len(words) * face.size * 0.603
    thousandths = sum(NARROW.get(letter) or WIDE.get(letter, OTHER) for letter in words)
    return thousandths / 1000 * face.size * face.stretch


def shorten(words: str, face: Face, room: float) -> str:
    """All of it, or its beginning and an ellipsis."""
    if width(words, face) <= room:
        return words
    kept = words
    while kept and width(kept + "…", face) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,.:") + "…"


def wrap(words: str, face: Face, room: float, most: int) -> tuple[str, ...]:
    """At most `most` lines; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most - 1:
        taken = _fitting(rest, face, room)
        lines.append(shorten(" ".join(rest[:taken]), face, room))
        rest = rest[taken:]
    if rest:
        lines.append(shorten(" ".join(rest), face, room))
    return tuple(lines)


def _fitting(words: list[str], face: Face, room: float) -> int:
    """How many of the words fit into a line; one at least."""
    taken = 1
    while taken < len(words) and width(" ".join(words[: taken + 1]), face) <= room:
        taken += 1
    return taken
