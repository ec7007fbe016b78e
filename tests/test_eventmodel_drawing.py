"""The picture of the event model: what its geometry promises, whatever the model."""

import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from apps.eventmodel.discovery import event_model
from apps.eventmodel.drawing import Drawing, svg_file
from apps.eventmodel.layout import Picture, PlacedBox, picture_of
from apps.eventmodel.layout_cards import Card
from apps.eventmodel.layout_routes import Point
from apps.eventmodel.layout_text import DATA, NAME, shorten, width, wrap
from apps.eventmodel.model import Box, Kind, Model
from tests.eventmodel_sample import large, small

MODELS: dict[str, Callable[[], Model]] = {
    "small": small,
    "large": large,
    "real": event_model,
    "empty": lambda: Model((), ()),
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest) -> Model:
    made = MODELS[request.param]
    return made()


@pytest.fixture
def picture(model: Model) -> Picture:
    return picture_of(model)


def boxes(picture: Picture) -> list[PlacedBox]:
    return [box for each in picture.slices for box in each.boxes]


def test_every_box_has_a_place(model: Model, picture: Picture) -> None:
    assert {box.box.key for box in boxes(picture)} == {box.key for box in model.boxes()}


def test_time_runs_to_the_right(model: Model, picture: Picture) -> None:
    assert [each.slice for each in picture.slices] == list(model.slices)
    edges = [(each.left, each.left + each.width) for each in picture.slices]
    assert all(right == left for (_, right), (left, _) in itertools.pairwise(edges))


def test_no_two_boxes_overlap(picture: Picture) -> None:
    placed = sorted(boxes(picture), key=lambda box: box.x)
    for one, other in itertools.combinations(placed, 2):
        apart_x = one.x + one.card.width < other.x
        apart_y = one.y + one.card.height < other.y or other.y + other.card.height < one.y
        assert apart_x or apart_y, (one.box.key, other.box.key)


def test_boxes_stay_in_their_columns_and_lanes(picture: Picture) -> None:
    for each in picture.slices:
        for box in each.boxes:
            assert each.left <= box.x, box.box.key
            assert box.x + box.card.width <= each.left + each.width, box.box.key
            lanes = [lane for lane in picture.lanes if lane.y <= box.y < lane.y + lane.height]
            assert [box.y + box.card.height <= lane.y + lane.height for lane in lanes] == [True]


def test_no_arrow_runs_through_a_box(picture: Picture) -> None:
    placed = boxes(picture)
    for arrow in picture.arrows:
        for one, other in itertools.pairwise(arrow.points):
            crossed = [box.box.key for box in placed if inside(box, one, other)]
            assert not crossed, (arrow.arrow, crossed)


def inside(box: PlacedBox, one: Point, other: Point) -> bool:
    """Whether the straight line from one to the other enters the box, not only touches its edge."""
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    across = left < box.x + box.card.width and right > box.x
    return across and top < box.y + box.card.height and bottom > box.y


def test_arrows_are_orthogonal_and_join_what_they_say(picture: Picture) -> None:
    placed = {box.box.key: box for box in boxes(picture)}
    for arrow in picture.arrows:
        for one, other in itertools.pairwise(arrow.points):
            assert one[0] == other[0] or one[1] == other[1]
        assert touches(placed[arrow.arrow.source], arrow.points[0])
        assert touches(placed[arrow.arrow.target], arrow.points[-1])


def touches(box: PlacedBox, point: Point) -> bool:
    x, y = point
    left, right, top, bottom = box.x, box.x + box.card.width, box.y, box.y + box.card.height
    return (left < x < right and y in (top, bottom)) or (top < y < bottom and x in (left, right))


def test_arrows_of_two_sources_never_share_a_line(picture: Picture) -> None:
    lines = [
        (arrow.arrow.source, arrow.arrow.target, one, other)
        for arrow in picture.arrows
        for one, other in itertools.pairwise(arrow.points)
        if one != other
    ]
    for first, second in itertools.combinations(lines, 2):
        if first[0] != second[0]:
            assert not shared(first[2:], second[2:]), (first, second)


def shared(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two lines run on top of one another, not only cross."""
    for along, across in ((0, 1), (1, 0)):
        if len({point[across] for point in (*one, *other)}) == 1:
            first, second = (sorted(point[along] for point in line) for line in (one, other))
            return max(first[0], second[0]) < min(first[1], second[1])
    return False


def test_every_model_arrow_is_drawn(model: Model, picture: Picture) -> None:
    drawn = {arrow.arrow for arrow in picture.arrows}
    known = {box.key for box in model.boxes()}
    assert drawn == {each for each in model.arrows if {each.source, each.target} <= known}


def test_texts_fit(picture: Picture) -> None:
    for card in cards(picture):
        for line in card.lines:
            words = f"{line.label}  {line.words}" if line.label else line.words
            assert line.x + width(words, line.face) <= card.width, line
            assert 0 < line.y <= card.height, line


def cards(picture: Picture) -> Iterator[Card]:
    for each in picture.slices:
        yield from (each.head, *(box.card for box in each.boxes))
        if each.specifications.height:
            yield each.specifications


def test_each_specification_is_below_its_slice(model: Model, picture: Picture) -> None:
    for each in picture.slices:
        told = [sign.told for sign in each.specifications.signs]
        assert told == [told.id for told in each.slice.specifications]
        refused = [sign.kind == "refused" for sign in each.specifications.signs]
        assert refused == [told.rejected for told in each.slice.specifications]


def test_commands_show_how_their_tags_are_guarded() -> None:
    signs = [box.card.signs for box in boxes(picture_of(small())) if box.box.kind is Kind.COMMAND]
    assert [[sign.kind for sign in each] for each in signs] == [["gathering", "guarding"]] * 5


def test_sixty_slices_are_drawn() -> None:
    assert len(picture_of(large()).slices) == 60


def test_what_feeds_something_earlier_says_so() -> None:
    back = {arrow.arrow.source for arrow in picture_of(small()).arrows if arrow.back}
    assert "event booking.SeatsHeld" in back


def test_the_file_is_the_same_each_time(model: Model) -> None:
    assert svg_file(model) == svg_file(model)


def test_the_file_is_the_same_in_every_process() -> None:
    """Nothing of it hangs on the order of sets, or on where things lie in memory."""
    code = (
        "import django; django.setup()\n"
        "from apps.eventmodel.drawing import svg_file\n"
        "from tests.eventmodel_sample import large\n"
        "print(svg_file(large()))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "cinema_site.settings"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in "12"
    }
    assert len(drawn) == 1


def test_the_file_stands_alone(model: Model) -> None:
    drawn = svg_file(model)
    root = ElementTree.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert not re.search(r"href|url\(|@import|<script| 0x[0-9a-f]{6}", drawn)
    assert len(root.findall(f".//{SVG}g[@class='slice']")) == len(model.slices)


def test_names_cannot_break_out_of_the_picture() -> None:
    slices = small().slices
    evil = Box("x", Kind.COMMAND, "x", "<script>&\"'", "booking", example=(("<b>", "</text>"),))
    model = Model((replace(slices[0], title="</svg><script>", boxes=(evil,)),), ())
    ElementTree.fromstring(svg_file(model))
    assert "<script>" not in Drawing(model).svg
    assert "<script>" not in svg_file(model)


def test_names_say_what_a_slice_is() -> None:
    found = re.findall(r'aria-label="(\d+\. [^"]*)"', Drawing(small()).svg)
    assert found[2] == (
        "3. Hold seats, state change: screen Seat map, command HoldSeats, event SeatsHeld, "
        "event HoldExpired; 24 specifications"
    )


def test_shortening() -> None:
    assert shorten("short", NAME, 200) == "short"
    assert shorten("a-rather-long-value", DATA, 60) == "a-rath…"
    room = width("one two three", NAME)
    assert wrap("one two three four five six seven", NAME, room, 2) == (
        "one two three",
        "four five si…",
    )
    assert wrap("", NAME, room, 2) == ()
