"""What the map of a small room answers to a wish, read as its visitor does."""

import html
import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.test import Client

from apps.booking.events import SeatsHeld
from apps.catalog.events import ScreeningScheduled
from apps.catalog.specs.examples import SHOWN
from apps.seatmap.projections import seatmap
from tests.history import tell

PLAN = ("A ######", "B ######", "C ######", "D wc####")
PAGE = "/screenings/s1/"
LATER = datetime(2040, 1, 1, tzinfo=UTC)


def schedule(screening: str, starts: datetime) -> None:
    tell(ScreeningScheduled(screening, "m1", "Salt", "a1", "Grand", PLAN, starts, 140, 950, *SHOWN))
    seatmap.catch_up()


def post(client: Client, verb: str, *seats: str, page: str = PAGE, **fields: Any) -> Any:
    data = {"seats": list(seats), "command": str(uuid4()), **fields}
    return client.post(f"{page}{verb}/", data, headers={"HX-Request": "true"})


def best(client: Client, count: object, **fields: Any) -> Any:
    return post(client, "best", count=count, **fields)


def mine(response: Any) -> list[str]:
    found = re.search(r'id="basket"[^>]*data-mine="([^"]*)"', response.content.decode())
    assert found
    return [pair.split(":")[0] for pair in found[1].split()]


def said(response: Any) -> list[str]:
    """The sentences beside the map."""
    text = response.content.decode().split('id="news"')[1].split("</div>")[0]
    return [html.unescape(each) for each in re.findall(r"<p[^>]*>(.*?)</p>", text)]


def others_hold(*seats: str, by: str = "bob") -> None:
    tell(SeatsHeld("s1", f"h-{uuid4().hex}", by, seats, (), LATER))
