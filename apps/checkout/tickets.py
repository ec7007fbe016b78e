"""How a seat and its ticket are shown."""

import re
from typing import Any

import segno
from django.utils.safestring import SafeString


def shown(seat: str, code: str = "") -> dict[str, Any]:
    """`{"seat": "F12", "row": "F", "number": "12"}`, and with a `code` also its picture as `qr`."""
    row, number = re.fullmatch(r"([A-Z]+)(\d+)", seat).groups()  # type: ignore[union-attr]
    place = {"seat": seat, "row": row, "number": number}
    return place | {"code": code, "qr": _qr(code)} if code else place


def _qr(code: str) -> SafeString:
    svg = segno.make(code, error="m", micro=False).svg_inline(scale=4, omitsize=True)
    return SafeString(svg)
