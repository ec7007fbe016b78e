"""Four palettes a genre, and which ink can be read on what."""

from typing import NamedTuple

from apps.catalog.posters.stream import Stream


class Palette(NamedTuple):
    ground: str
    first: str
    second: str
    light: str
    ink: str

    def ink_on(self, under: str) -> str:
        """The colour of this palette that reads best on `under`."""
        return max((self.ink, self.light, self.ground), key=lambda ink: contrast(ink, under))


def contrast(one: str, other: str) -> float:
    """The contrast of two `#rrggbb` colours as WCAG counts it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def palettes_for(genre: str, stream: Stream) -> tuple[Palette, ...]:
    return PALETTES[genre] if genre in PALETTES else stream.pick(tuple(PALETTES.values()))


def _four(*rows: str) -> tuple[Palette, ...]:
    return tuple(Palette(*(f"#{colour}" for colour in row.split())) for row in rows)


PALETTES: dict[str, tuple[Palette, ...]] = {
    "drama": _four(
        "0d3a49 e9573f 14596b f4e3c1 f4e3c1",
        "e7d3b1 d8432b 1f4e5f fbf3e0 12303b",
        "2b2140 f29a4a 4a3566 f7e8d6 f7e8d6",
        "c9dcd3 c2452d 24483f f4f7ee 132b25",
    ),
    "thriller": _four(
        "15131a f4b92f 3a2c2a f6ead0 f6ead0",
        "0e1b1e d9e021 1c3a3c f1f3d8 f1f3d8",
        "1a1024 ff5d3b 3a2148 ffe6d9 ffe6d9",
        "0d1a33 7fd1ff 1d3358 e9f5ff e9f5ff",
    ),
    "sci-fi": _four(
        "1b1350 ff5a6e 5b3fd6 f2e9ff f2e9ff",
        "06222b ff8a3c 0f6a78 e5fbff e5fbff",
        "2a0f2e ffc145 8a2f77 ffeef8 ffeef8",
        "0b2a1f c8f04b 1f7a55 efffe0 efffe0",
    ),
    "family": _four(
        "2350c8 ffc43d ef476f fff6de fff6de",
        "0b6f71 ffb627 ec5a29 fff5dc fff5dc",
        "6a2c91 ffd24a ff7a59 fff3e2 fff3e2",
        "1f6b3a ffcf3f e8502f fdf6dd fdf6dd",
    ),
    "comedy": _four(
        "f7e3c5 f0532d 2b3aa0 ffffff 231a3a",
        "ffce45 e63a5f 184d8c fff7df 1d1636",
        "bfe3d0 f2662b 6b2a7d ffffff 24112d",
        "f9b9c4 2f57d0 8c1c3f fff4ee 3a0a1c",
    ),
    "horror": _four(
        "a3121c 12060a c9252b f0dfb8 f0dfb8",
        "cfd3bb 10130f a9b08f eef0df 10130f",
        "3b4a6b 090c16 5a6c94 e4e3cf e4e3cf",
        "d98a1f 180a04 ef9f2f f7e6bd 180a04",
    ),
    "romance": _four(
        "f6c9c4 d7284f f29b3f fff1e2 3b0f33",
        "2c1140 ff6f91 ffb35c ffe9e0 ffe9e0",
        "f3e2cf b8326b 3d5fa8 fffaf2 331533",
        "0f3a45 ff8f7a f6c667 fdf0e4 fdf0e4",
    ),
    "documentary": _four(
        "dcd8cc 2a2e33 ef6438 f6f4ee 1d2024",
        "c7d5dc 23353f f0b429 f2f7f9 15242c",
        "e8d2c0 3b2a26 3aa395 fbf3ec 2a1b18",
        "cfdcc0 2d3a2a e87246 f5f8ee 1c271a",
    ),
    "classic": _four(
        "0f2a22 d9a441 1d4738 f3e6c4 f3e6c4",
        "3a0f1c e2a94f 5c1a2c f6e7c8 f6e7c8",
        "14233f d7b36a 22406b f2ead6 f2ead6",
        "241a14 cf7f45 43301f f5e3cb f5e3cb",
    ),
    "western": _four(
        "efc27e b8431c 5f1d14 fbe9c6 401009",
        "f3d9a4 dd6e30 3d2a4c fff0cf 2c1a38",
        "e8a07a 8f2f2a 33264a fde6cf 2a1733",
        "d9d3a8 a34d22 2f4238 f9f4d6 1f2c25",
    ),
}
