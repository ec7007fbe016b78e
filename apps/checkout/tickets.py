"""A ticket's code, and how a seat and its ticket are shown."""

import base64
import re
from typing import Any

import segno
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString


def code_of(order: str, seat: str) -> str:
    """A ticket's code, `7KQ4-M2XD`: the same each time it is asked for, and not to be guessed."""
    digest = salted_hmac("marquee.ticket", f"{order}/{seat}", algorithm="sha256").digest()
    code = base64.b32encode(digest)[:8].decode()
    return f"{code[:4]}-{code[4:]}"


def shown(seat: str, code: str = "") -> dict[str, Any]:
    """`{"seat": "F12", "row": "F", "number": "12"}`, and with a `code` also its picture as `qr`."""
    row, number = re.fullmatch(r"([A-Z]+)(\d+)", seat).groups()  # type: ignore[union-attr]  # all are
    place = {"seat": seat, "row": row, "number": number}
    return place | {"code": code, "qr": _qr(code)} if code else place


def _qr(code: str) -> SafeString:
    svg = segno.make(code, error="m", micro=False).svg_inline(scale=4, omitsize=True)
    return SafeString(svg)
