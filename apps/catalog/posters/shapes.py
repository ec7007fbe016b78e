"""The few SVG shapes that posters are cut from."""

from collections.abc import Iterable
from html import escape

WIDTH, HEIGHT = 400, 600

type Point = tuple[float, float]
type Value = str | float


def figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def tag(name: str, **attributes: Value) -> str:
    pairs = (
        f'{key.replace("_", "-")}="{value if isinstance(value, str) else figure(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name} {' '.join(pairs)}/>"


def text(words: str, **attributes: Value) -> str:
    return f"{tag('text', **attributes)[:-2]}>{escape(words)}</text>"


def polygon(points: Iterable[Point], fill: str, **more: Value) -> str:
    places = " ".join(f"{figure(x)},{figure(y)}" for x, y in points)
    return tag("polygon", points=places, fill=fill, **more)


def disc(x: float, y: float, radius: float, fill: str, **more: Value) -> str:
    return tag("circle", cx=x, cy=y, r=radius, fill=fill, **more)


def oval(x: float, y: float, wide: float, high: float, fill: str, **more: Value) -> str:
    return tag("ellipse", cx=x, cy=y, rx=wide, ry=high, fill=fill, **more)


def bar(x: float, y: float, wide: float, high: float, fill: str, **more: Value) -> str:
    return tag("rect", x=x, y=y, width=wide, height=high, fill=fill, **more)


def path(d: str, fill: str = "none", **more: Value) -> str:
    return tag("path", d=d, fill=fill, **more)


def window(shape: str) -> str:
    """A clip for `clip_path=THROUGH`; a poster has at most one."""
    return f'<clipPath id="k">{shape}</clipPath>'


THROUGH = "url(#k)"


def frame(inset: float, thick: float, stroke: str) -> str:
    wide, high = WIDTH - 2 * inset, HEIGHT - 2 * inset
    return bar(inset, inset, wide, high, "none", stroke=stroke, stroke_width=thick)
