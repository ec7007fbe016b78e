"""Motifs that are places: a sea, a planet, a city, a stage, a desert."""

import math

from apps.catalog.posters.palettes import Palette
from apps.catalog.posters.shapes import (
    HEIGHT,
    THROUGH,
    WIDTH,
    Point,
    bar,
    disc,
    figure,
    path,
    polygon,
    tag,
    window,
)
from apps.catalog.posters.stream import Stream


def sea(stream: Stream, colours: Palette) -> list[str]:
    horizon, sun, radius = stream.number(330, 366), stream.number(130, 270), stream.number(84, 124)
    high = stream.number(-4, 46)
    return [
        window(f'<rect width="400" height="{figure(horizon)}"/>'),
        disc(sun, horizon - high, radius, colours.first, clip_path=THROUGH),
        *_glitter(stream, colours, sun, horizon, radius),
        *_waves(stream, colours),
        *_boats(stream, colours, sun, horizon),
    ]


def _glitter(
    stream: Stream, colours: Palette, sun: float, horizon: float, radius: float
) -> list[str]:
    drawn = []
    for i in range(9):
        half = radius * (1 - i * 0.075) * stream.number(0.55, 1.1)
        colour = colours.first if i % 3 else colours.light
        at = horizon + 12 + i * i * 1.5 + i * 9
        drawn.append(bar(sun - half, at, half * 2, 4 + i * 1.1, colour, rx=3))
    return drawn


def _waves(stream: Stream, colours: Palette) -> list[str]:
    drawn, length = [], stream.number(38, 66)
    for i in range(4):
        middle, height, phase = 440 + i * 36, 10 + i * 3, stream.number(0, 6)
        crest: list[Point] = [
            (x, middle + math.sin(x / length + phase) * height) for x in range(0, 401, 10)
        ]
        colour = colours.second if i % 2 else colours.ground
        drawn.append(polygon([*crest, (400, 600), (0, 600)], colour))
    return drawn


def _boats(stream: Stream, colours: Palette, sun: float, horizon: float) -> list[str]:
    many = stream.pick((1, 1, 2, 3))
    spots = [sun + 16, sun - 150, sun + 150][:many]
    return [
        _boat(colours, x, horizon, stream.number(0.8, 1.15) if i == 0 else 0.45)
        for i, x in enumerate(spots)
    ]


def _boat(colours: Palette, x: float, y: float, scale: float) -> str:
    def at(*points: Point) -> list[Point]:
        return [(x + dx * scale, y + dy * scale) for dx, dy in points]

    return "".join(
        polygon(shape, colours.light)
        for shape in (
            at((44, 0), (48, -118), (92, -14)),
            at((40, 0), (38, -84), (12, -10)),
            at((4, 0), (96, 0), (80, 15), (20, 15)),
        )
    )


def orbit(stream: Stream, colours: Palette) -> list[str]:
    x, y, radius = stream.number(130, 270), stream.number(235, 300), stream.number(96, 144)
    stars = [
        disc(
            stream.number(0, 400),
            stream.number(0, 600),
            stream.number(0.7, 1.9),
            colours.light,
            opacity=0.8,
        )
        for _ in range(46)
    ]
    planet = [
        disc(x, y, radius, colours.second),
        window(f'<circle cx="{figure(x)}" cy="{figure(y)}" r="{figure(radius)}"/>'),
        disc(x + radius * 0.42, y - radius * 0.3, radius, colours.first, clip_path=THROUGH),
    ]
    for i in range(6):
        at = y + radius * (i * 0.25 - 0.72) + stream.number(-6, 6)
        band = bar(x - 150, at, 300, 3 + i * 2.2, colours.ground, opacity=0.55, clip_path=THROUGH)
        planet.append(band)
    moon, small = stream.number(290, 350), stream.number(14, 30)
    planet += [disc(moon, 92, small, colours.first), disc(moon + 12, 84, small, colours.ground)]
    return [*stars, *planet, _rings(stream, colours, x, y, radius)]


def _rings(stream: Stream, colours: Palette, x: float, y: float, radius: float) -> str:
    tilt, flat, count = stream.number(-34, 6), stream.number(0.16, 0.32), stream.pick((3, 5, 7))
    drawn = []
    for i in range(count):
        wide = radius * 1.28 + i * 15
        start, size = (
            f"M{figure(x - wide)} {figure(y)}",
            f"A{figure(wide)} {figure(wide * flat)} 0 0",
        )
        thick = stream.pick((1.0, 1.6, 3.4, 5.5))
        front = f"{start}{size} 0 {figure(x + wide)} {figure(y)}"
        back = f"{start}{size} 1 {figure(x - radius * 0.93)} {figure(y - wide * flat * 0.72)}"
        drawn.append(path(front, stroke=colours.light, stroke_width=thick))
        drawn.append(path(back, stroke=colours.light, stroke_width=1.2, opacity=0.7))
    turn = f"rotate({figure(tilt)} {figure(x)} {figure(y)})"
    return f'<g transform="{turn}">{"".join(drawn)}</g>'


def blocks(stream: Stream, colours: Palette) -> list[str]:
    tall, wide, drawn = stream.number(120, 220), stream.pick((34, 41, 52)), []
    for i, j in sorted(((i, j) for i in range(5) for j in range(5)), key=sum):
        x, y = 200 + (i - j) * wide, 280 + (i + j) * wide / 2
        height = stream.number(10, tall) * (1.12 - (i + j) / 10)
        lit = colours.second if stream.number() < 0.14 else colours.light
        drawn += _tower(colours, x, y, height, wide * 0.9, lit)
    return [*_birds(stream, colours), *drawn]


def _tower(
    colours: Palette, x: float, y: float, height: float, half: float, roof: str
) -> list[str]:
    deep, top = half / 2, y - height
    left = [(x - half, top), (x, top + deep), (x, y + deep + 60), (x - half, y + 60)]
    right = [(x + half, top), (x, top + deep), (x, y + deep + 60), (x + half, y + 60)]
    return [
        polygon(left, colours.first),
        polygon(right, colours.ground),
        polygon(right, colours.first, opacity=0.66),
        polygon([(x, top - deep), (x + half, top), (x, top + deep), (x - half, top)], roof),
    ]


def _birds(stream: Stream, colours: Palette) -> list[str]:
    drawn = []
    for i in range(stream.pick((5, 9, 13))):
        x, y, size = stream.number(30, 370), stream.number(26, 130), stream.number(5, 13)
        wings = [(x - size * 2, y - size * 0.7), (x, y), (x + size * 2, y - size * 0.9)]
        colour = colours.second if i % 5 == 0 else colours.first
        drawn.append(polygon([*wings, (x, y + size * 0.75)], colour))
    return drawn


def beam(stream: Stream, colours: Palette) -> list[str]:
    x, y, rays = 200, 452, stream.pick((14, 22, 30))
    step, drawn = math.pi / rays, []
    for i in range(rays):
        one, two = math.pi + step * i, math.pi + step * (i + 0.5)
        ends = [(x + math.cos(a) * 640, y + math.sin(a) * 640) for a in (one, two)]
        drawn.append(polygon([(x, y), *ends], colours.second))
    scale = stream.number(0.72, 1.05)
    shades = (colours.first, colours.ground, colours.light, colours.ground, colours.first)
    radii = (206, 188, 172, 142, 132, 98, 90)
    for radius, colour in zip(radii, (*shades, colours.ground, colours.light), strict=True):
        drawn.append(_arch(x, y, radius * scale, colour))
    drawn.append(_arch(x, y, 58 * scale, colours.first))
    drawn += [bar(x - 176 + i * 16, y + 5 + i * 7, 352 - i * 32, 3, colours.first) for i in (0, 1)]
    return drawn + _columns(stream, colours, y)


def _arch(x: float, y: float, radius: float, fill: str) -> str:
    r = figure(radius)
    return path(f"M{figure(x - radius)} {figure(y)}a{r} {r} 0 0 1 {figure(2 * radius)} 0z", fill)


def _columns(stream: Stream, colours: Palette, foot: float) -> list[str]:
    drawn = []
    for i in range(stream.pick((1, 2, 3))):
        top = 60 + i * stream.number(36, 70)
        drawn += [bar(x, top, 6, foot - top, colours.first) for x in (36 + i * 16, 358 - i * 16)]
    return drawn


def mesa(stream: Stream, colours: Palette) -> list[str]:
    x, y, radius = stream.number(120, 280), stream.number(190, 262), stream.number(88, 140)
    drawn = [window(tag("circle", cx=x, cy=y, r=radius))]
    stripes = ((0, 92), (98, 30), (135, 22), (165, 16), (190, 11), (211, 8), (230, 6))
    drawn += [
        bar(x - radius, y - radius + at, radius * 2, high, colours.first, clip_path=THROUGH)
        for at, high in stripes
    ]
    drawn += _ridge(stream, colours.first, 352, (40, 128), 0.62)
    return drawn + _ridge(stream, colours.second, 392, (16, 90), 1)


def _ridge(
    stream: Stream, colour: str, base: float, heights: tuple[float, float], opacity: float
) -> list[str]:
    drawn, x = [], -40 + stream.number(-20, 20)
    while x < WIDTH:
        wide, tall = stream.number(54, 138), stream.number(*heights)
        left, right, knee, top = x + wide * 0.2, x + wide * 0.8, base - tall * 0.55, base - tall
        wall = [(x, base), (left - 4, knee), (left, top), (right, top), (right + 4, knee)]
        drawn.append(polygon([*wall, (x + wide, base)], colour, opacity=opacity))
        x += wide * stream.number(1, 1.5)
    return [*drawn, bar(0, base, WIDTH, HEIGHT - base, colour, opacity=opacity)]
