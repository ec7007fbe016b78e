"""Which pictures a genre may take, and how each carries its title."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from apps.catalog.posters import figures, places
from apps.catalog.posters.palettes import Palette
from apps.catalog.posters.shapes import HEIGHT, WIDTH, bar, polygon
from apps.catalog.posters.stream import Stream


@dataclass(frozen=True)
class Motif:
    draw: Callable[[Stream, Palette], list[str]]
    foot_is: Literal["band", "hill", "plain", "sea"] = "band"
    mirrors: bool = True

    @property
    def title_on_top(self) -> bool:
        return self.foot_is == "sea"

    def grounds(self, palette: Palette) -> tuple[str, str]:
        """What lies under the title, and under the small print."""
        under = {
            "band": (palette.ground, palette.ground),
            "hill": (palette.first, palette.first),
            "plain": (palette.second, palette.second),
            "sea": (palette.ground, palette.second),
        }
        return under[self.foot_is]

    def foot(self, palette: Palette, top: float) -> str:
        """The solid ground that a title at the foot stands on."""
        if self.foot_is == "hill":
            ridge = [(0, top - 2), (90, top - 20), (200, top - 12), (310, top - 22), (WIDTH, top)]
            return polygon([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], palette.first)
        colour = palette.second if self.foot_is == "plain" else palette.ground
        return bar(0, min(top - 16, 452), WIDTH, HEIGHT, colour)


SEA = Motif(places.sea, "sea")
CITY = Motif(places.blocks)
RAYS = Motif(places.beam, mirrors=False)
DESERT = Motif(places.mesa, "plain")
PLANET = Motif(places.orbit)
STRANGER = Motif(figures.stranger)
CREATURE = Motif(figures.creature)
ODD_ONE = Motif(figures.odd_one)
TREE = Motif(figures.tree, "hill")
TWINS = Motif(figures.twins)

MOTIFS: dict[str, tuple[Motif, ...]] = {
    "drama": (TWINS, SEA, SEA),
    "thriller": (CITY, STRANGER, STRANGER),
    "sci-fi": (PLANET, RAYS, PLANET),
    "family": (ODD_ONE, CREATURE, CREATURE),
    "comedy": (ODD_ONE, ODD_ONE, CREATURE),
    "horror": (TREE, TREE, TWINS),
    "romance": (TWINS, TWINS, SEA),
    "documentary": (DESERT, CITY, CITY),
    "classic": (STRANGER, RAYS, RAYS),
    "western": (TREE, DESERT, DESERT),
}
_ANY = (SEA, CITY, RAYS, DESERT, PLANET, STRANGER, CREATURE, ODD_ONE, TREE, TWINS)


def motif_for(genre: str, stream: Stream) -> Motif:
    return stream.pick(MOTIFS.get(genre, _ANY))
