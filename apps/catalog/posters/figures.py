"""Motifs that are someone: a stranger, a creature, the odd one out, a tree, two of a kind."""

import math

from apps.catalog.posters.palettes import Palette
from apps.catalog.posters.shapes import bar, disc, figure, oval, path, polygon
from apps.catalog.posters.stream import Stream

NIGHT = "#171430"


def stranger(stream: Stream, colours: Palette) -> list[str]:
    lamp, pool = stream.number(40, 90), stream.number(170, 230)
    wide, who = stream.number(120, 175), stream.number(0.44, 0.62)
    x, shadow = lamp + (pool - 10 - lamp) * who, colours.ground
    drawn = [
        polygon([(lamp, 40), (pool - wide - 10, 412), (pool + wide - 10, 412)], colours.first),
        oval(pool - 10, 412, wide, 22, colours.first),
    ]
    blinds = stream.pick((0, 5, 5, 8))
    drawn += [bar(0, 96 + i * 21, 400, 5 + i * 0.5, shadow) for i in range(blinds)]
    drawn.append(polygon([(x - 20, 414), (x + 20, 414), (x + 150, 452), (x + 90, 452)], shadow))
    coat = [
        (x - 40, 418),
        (x - 33, 262),
        (x - 14, 246),
        (x + 14, 246),
        (x + 33, 262),
        (x + 40, 418),
    ]
    drawn += [polygon(coat, shadow), disc(x, 226, 21, shadow)]
    drawn.append(polygon([(x - 8, 250), (x + 8, 250), (x, 304)], colours.light))
    return [
        *drawn,
        *_hat(stream, shadow, x),
        *_luggage(stream, shadow, x),
        disc(lamp, 40, 13, colours.light),
    ]


def _hat(stream: Stream, shadow: str, x: float) -> list[str]:
    if stream.number() < 0.6:
        return [oval(x, 216, 43, 6.5, shadow), bar(x - 22, 188, 44, 28, shadow, rx=8)]
    return [
        polygon([(x - 26, 224), (x - 18, 196), (x + 18, 196), (x + 26, 224), (x + 20, 262)], shadow)
    ]


def _luggage(stream: Stream, shadow: str, x: float) -> list[str]:
    kind = stream.pick(("case", "umbrella", "none"))
    if kind == "case":
        return [bar(x - 62, 372, 34, 44, shadow, rx=3), bar(x - 50, 362, 10, 14, shadow)]
    if kind == "umbrella":
        cane = path(f"M{figure(x - 52)} 330v82", stroke=shadow, stroke_width=5)
        return [cane, bar(x - 54, 326, 22, 6, shadow, rx=3)]
    return []


def creature(stream: Stream, colours: Palette) -> list[str]:
    drawn = [
        disc(stream.number(20, 380), stream.number(16, 300), stream.number(1.5, 4.5), colours.light)
        for _ in range(26)
    ]
    moon, full = stream.number(70, 130), stream.number() < 0.35
    drawn.append(disc(moon, 104, 54, colours.first))
    if not full:
        drawn.append(disc(moon + 24, 92, 48, colours.ground))
    x, y, size = stream.number(185, 245), 360.0, 128.0
    ears = stream.pick((_pointed_ears, _round_ears, _long_ears))
    drawn += ears(colours, x, y, size)
    drawn.append(
        path(f"M{figure(x - size)} 640V{figure(y)}a128 128 0 0 1 256 0V640z", colours.second)
    )
    drawn += _face(stream, colours, x, y)
    hill = path("M0 470q100 -52 200 -6t200 -22V600H0z", colours.ground)
    return [*drawn, hill]


def _pointed_ears(colours: Palette, x: float, y: float, size: float) -> list[str]:
    drawn = []
    for side in (-1, 1):
        outer, inner = side * (size - 4), side * (size - 26)
        tip = x + side * (size - 22)
        ear = [(x + outer, y - 10), (tip, y - 168), (x + side * 26, y - 104)]
        lining = [(x + inner, y - 70), (tip - side * 12, y - 134), (x + side * 60, y - 98)]
        drawn += [polygon(ear, colours.second), polygon(lining, colours.first)]
    return drawn


def _round_ears(colours: Palette, x: float, y: float, size: float) -> list[str]:
    ears = [(x + side * size * 0.72, y - size * 0.78) for side in (-1, 1)]
    return [
        *(disc(ex, ey, 46, colours.second) for ex, ey in ears),
        *(disc(ex, ey, 24, colours.first) for ex, ey in ears),
    ]


def _long_ears(colours: Palette, x: float, y: float, size: float) -> list[str]:
    drawn = []
    for side in (-1, 1):
        ex, ey = x + side * size * 0.45, y - size * 1.25
        turn = f"rotate({side * 10} {figure(ex)} {figure(y)})"
        drawn.append(oval(ex, ey, 30, 104, colours.second, transform=turn))
        drawn.append(oval(ex, ey, 14, 78, colours.first, transform=turn))
    return drawn


def _face(stream: Stream, colours: Palette, x: float, y: float) -> list[str]:
    look, pupil, drawn = stream.number(-12, 12), stream.number(9, 22), []
    whiskers = stream.number() < 0.6
    for side in (-1, 1):
        eye = x + side * 54
        drawn.append(disc(eye, y - 8, 40, colours.light))
        drawn.append(oval(eye + look, y - 4, pupil, 29, NIGHT))
        drawn.append(disc(eye + look + 5, y - 20, 6, colours.light))
        for i in (-1, 0, 1) if whiskers else ():
            hair = f"M{figure(x + side * 42)} {figure(y + 58 + i * 5)}l{side * 118} {i * 20 - 6}"
            drawn.append(path(hair, stroke=colours.light, stroke_width=3))
    drawn.append(polygon([(x - 14, y + 38), (x + 14, y + 38), (x, y + 54)], NIGHT))
    return drawn


QUARTERS = (
    "M0 0H1A1 1 0 0 1 0 1z",
    "M0 0H1V1A1 1 0 0 1 0 0z",
    "M1 0V1H0A1 1 0 0 1 1 0z",
    "M0 0V1H1A1 1 0 0 0 0 0z",
)


def odd_one(stream: Stream, colours: Palette) -> list[str]:
    """A wall of quarter discs, and one face in it."""
    across = stream.pick((4, 5, 6))
    size = 360 / across
    down = int(432 / size)
    odd = (int(stream.number(0, across)), int(stream.number(1, down - 1)))
    often, drawn = stream.number(0.6, 0.95), []
    for row in range(down):
        for column in range(across):
            x, y, shape = 20 + column * size, 26 + row * size, stream.pick(QUARTERS)
            colour = colours.second if stream.number() < often else colours.light
            if (column, row) == odd:
                drawn += _smile(colours, x, y, size)
                continue
            place = f"translate({figure(x)} {figure(y)}) scale({figure(size)})"
            drawn.append(path(shape, colour, transform=place))
    return drawn


def _smile(colours: Palette, x: float, y: float, size: float) -> list[str]:
    half, eye, dark = size / 2, size / 16, colours.ink_on(colours.first)
    corner = f"M{figure(x + size * 0.28)} {figure(y + size * 0.58)}"
    grin = f"{corner}q{figure(size * 0.22)} {figure(size * 0.24)}"
    return [
        disc(x + half, y + half, half - 2, colours.first),
        *(disc(x + half + side * size / 6, y + size * 0.4, eye, dark) for side in (-1, 1)),
        path(
            f"{grin} {figure(size * 0.44)} 0",
            stroke=dark,
            stroke_width=size / 16,
            stroke_linecap="round",
        ),
    ]


def tree(stream: Stream, colours: Palette) -> list[str]:
    x, y, moon = stream.number(120, 280), stream.number(150, 215), stream.number(88, 136)
    drawn = [disc(x, y, moon + 40, colours.second), disc(x, y, moon, colours.light)]
    trunk, lean = stream.number(170, 230), stream.number(-0.16, 0.16)
    spread = stream.number(0.8, 1.25)
    _grow(stream, colours.first, drawn, (trunk, 425), -math.pi / 2 + lean, (112, 17), spread, 6)
    roots = [
        (-140, 560),
        (-80, 472),
        (-32, 440),
        (-17, 384),
        (17, 384),
        (36, 440),
        (90, 468),
        (150, 560),
    ]
    drawn.append(polygon([(trunk + dx, at) for dx, at in roots], colours.first))
    drawn.append(bar(0, 464, 400, 136, colours.first))
    if stream.number() < 0.6:  # someone looks out of the trunk
        drawn += [oval(trunk, 396, 7, 15, colours.second), disc(trunk, 399, 2.8, colours.light)]
    return drawn


def _grow(
    stream: Stream,
    bark: str,
    drawn: list[str],
    foot: tuple[float, float],
    angle: float,
    size: tuple[float, float],
    spread: float,
    forks: int,
) -> None:
    (x, y), (length, thick) = foot, size
    end = (x + math.cos(angle) * length, y + math.sin(angle) * length)
    nx, ny, thin = -math.sin(angle) * thick, math.cos(angle) * thick, 0.62
    near, far = [(x + nx, y + ny), (x - nx, y - ny)], [(end[0] - nx * thin, end[1] - ny * thin)]
    drawn.append(polygon([*near, *far, (end[0] + nx * thin, end[1] + ny * thin)], bark))
    if not forks:
        return
    for turn in (stream.number(-0.62, -0.26), stream.number(0.2, 0.6)):
        next_size = (length * stream.number(0.68, 0.83), thick * thin)
        _grow(stream, bark, drawn, end, angle + turn * spread, next_size, spread, forks - 1)


def twins(stream: Stream, colours: Palette) -> list[str]:
    """Two discs that share a lens, in rain, in snow or under a clear sky."""
    radius, half = stream.number(96, 124), stream.number(48, 74)
    y, angle = stream.number(200, 262), stream.number(-1.2, 1.2)
    dx, dy = math.cos(angle), math.sin(angle)
    y = min(y, 404 - radius - abs(dy) * half)  # the lower one floats clear of the title
    across = math.sqrt(radius * radius - half * half)
    lens = [
        figure(v) for v in (200 - dy * across, y + dx * across, 200 + dy * across, y - dx * across)
    ]
    arc, dark = f"A{figure(radius)} {figure(radius)} 0 0 1", colours.ink_on(colours.first)
    return [
        disc(200 - dx * half, y - dy * half, radius, colours.first),
        disc(200 + dx * half, y + dy * half, radius, colours.second),
        path(f"M{lens[0]} {lens[1]}{arc} {lens[2]} {lens[3]}{arc} {lens[0]} {lens[1]}z", dark),
        *_weather(stream, colours),
    ]


def _weather(stream: Stream, colours: Palette) -> list[str]:
    kind, drawn = stream.pick(("rain", "snow", "clear")), []
    for i in range({"rain": 64, "snow": 40, "clear": 0}[kind]):
        x, y, size = stream.number(8, 392), stream.number(-30, 400), stream.number(26, 92)
        colour = colours.light if i % 3 else colours.ground
        if kind == "snow":
            drawn.append(disc(x, y, size / 22, colour))
            continue
        drop = f"M{figure(x)} {figure(y)}l{figure(-size * 0.16)} {figure(size)}"
        drawn.append(path(drop, stroke=colour, stroke_width=1.7, stroke_linecap="round"))
    return drawn
