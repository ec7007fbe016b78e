"""The picture as SVG: for the page, which has its stylesheets, and as a file with its own."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from apps.eventmodel.layout import (
    NAMES,
    Picture,
    PlacedBox,
    PlacedLane,
    PlacedSlice,
    picture_of,
)
from apps.eventmodel.layout_cards import HEAD_HEIGHT
from apps.eventmodel.layout_places import Band
from apps.eventmodel.model import Box, Kind, Model, Slice

STYLES = Path("css") / "eventmodel-picture.css"
BANNER = 150  # height of the file's title and legend


@dataclass(frozen=True)
class Drawing:
    """A model and its picture. Drawing it takes a while: keep it."""

    model: Model

    @cached_property
    def picture(self) -> Picture:
        return picture_of(self.model)

    @cached_property
    def svg(self) -> SafeString:
        """What the page's svg element holds, with a link for each slice."""
        return _rendered("picture.svg", self._context(linked=True))

    @cached_property
    def names(self) -> SafeString:
        return _rendered("names.svg", self._context())

    @cached_property
    def heads(self) -> SafeString:
        return _rendered("heads.svg", self._context())

    names_width = NAMES
    head_height = HEAD_HEIGHT

    @cached_property
    def events(self) -> list[Box]:
        return sorted(self.model.of(Kind.EVENT), key=lambda box: box.title)

    @cached_property
    def apps(self) -> list[str]:
        return list(dict.fromkeys(each.app for each in self.model.slices))

    def file(self) -> str:
        """A whole SVG file."""
        own = {"styles": mark_safe(_styles()), "banner": BANNER}
        return _rendered("file.svg", self._context() | own)

    def _context(self, *, linked: bool = False) -> dict[str, Any]:
        picture = self.picture
        return {
            "picture": picture,
            "names_width": NAMES,
            "head_height": HEAD_HEIGHT,
            "lanes": [(lane, *_lane_title(lane)) for lane in picture.lanes],
            "slices": [_described(each) for each in picture.slices],
            "linked": linked,
        }


def svg_file(model: Model) -> str:
    return Drawing(model).file()


def _rendered(template: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(f"eventmodel/{template}", context)


def _styles() -> str:
    """The rules that the page's picture has, too."""
    return (Path(settings.STATICFILES_DIRS[0]) / STYLES).read_text()


def _lane_title(placed: PlacedLane) -> tuple[str, str]:
    if placed.lane is None:
        return "Given,", "when, then"
    band, whose = placed.lane
    match band:
        case Band.SCREENS:
            return whose or "People", "screens"
        case Band.MACHINES:
            return "Machines", "and other systems"
        case Band.MIDDLE:
            return "Commands", "and read models"
        case Band.EVENTS:
            return whose.capitalize(), "events"


@dataclass(frozen=True)
class Described:
    """A slice as the templates want it."""

    placed: PlacedSlice
    boxes: tuple[tuple[PlacedBox, str], ...]  # with their classes

    @property
    def slice(self) -> Slice:
        return self.placed.slice

    @property
    def name(self) -> str:
        """What a screen reader says of it."""
        slice = self.placed.slice
        boxes = ", ".join(f"{box.kind} {box.title}" for box in slice.boxes)
        count = len(slice.specifications)
        told = f"; {count} specification{'' if count == 1 else 's'}" if count else ""
        return f"{self.placed.number}. {slice.title}, {slice.pattern}: {boxes}{told}"

    @property
    def words(self) -> str:
        """What the search looks through."""
        slice = self.placed.slice
        words = [slice.title, slice.name, slice.pattern, slice.says]
        words += [told.title for told in slice.specifications]
        words += [tag.name for tag in slice.boundary]
        words += [word for box in slice.boxes for word in _words(box)]
        return " ".join(dict.fromkeys(words)).lower()


def _described(placed: PlacedSlice) -> Described:
    return Described(placed, tuple((box, _class(box.box)) for box in placed.boxes))


def _class(box: Box) -> str:
    return f"box {box.kind.name.lower().replace('_', '-')}"


def _words(box: Box) -> list[str]:
    titles = [box.title, box.actor] if box.kind is Kind.SCREEN else [box.title]
    return [*titles, *(field.name for field in box.fields), *(label for label, _ in box.example)]
