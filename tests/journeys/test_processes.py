"""Two web processes with one database and one Redis: a hold on one is seen live on the other."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Cinema, press, seat
from tests.processes import Server


def test_a_hold_on_one_process_is_seen_on_the_other(
    screening: str, server: Callable[..., Server], redis_url: str, new_page: Callable[..., Page]
) -> None:
    pages = []
    for _ in range(2):
        cinema = Cinema(server(REDIS_URL=redis_url).url, screening)
        pages.append(new_page())
        cinema.open_map(pages[-1])
    one, two = pages
    press(one, "A7")
    # Well below the second after which polling would find it: the poke came through Redis.
    expect(seat(two, "A7")).to_have_attribute("data-state", "held", timeout=700)
    press(two, "A8")
    expect(seat(one, "A8")).to_have_attribute("data-state", "held", timeout=700)
