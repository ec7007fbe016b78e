"""What those see who come by a search engine, or get a link."""

import json
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.programme.templatetags.structured import structured
from tests.programme.conftest import Show, added

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
META = re.compile(r'<meta property="og:(\S+)" content="([^"]*)">')
MOVIE = "/movies/the-salt-meridian/"


def data_of(client: Client, path: str) -> list[dict[str, Any]]:
    (block,) = DATA.findall(client.get(path).content.decode())
    graph: list[dict[str, Any]] = json.loads(block)["@graph"]
    return graph


def test_a_movie_page_tells_of_the_movie(client: Client, show: Show) -> None:
    show()
    movie, _ = data_of(client, MOVIE)
    assert movie["@type"] == "Movie"
    assert movie["name"] == "The Salt Meridian"
    assert (movie["duration"], movie["contentRating"]) == ("PT128M", "12")
    assert movie["url"] == movie["@id"] == f"http://testserver{MOVIE}"
    assert movie["image"].startswith("http://testserver/posters/the-salt-meridian.svg?v=")


def test_a_movie_page_tells_of_its_screenings(client: Client, show: Show) -> None:
    show(hour=12)  # has begun
    show(hour=19, taken=50)
    show(hour=20, taken=95, format="35 mm", subtitles="English")
    show(day=1, taken=100)
    movie, *events = data_of(client, MOVIE)
    stock = [event["offers"]["availability"].rpartition("/")[2] for event in events]
    assert stock == ["InStock", "LimitedAvailability", "SoldOut"]
    event = events[1]
    assert event["@type"] == "ScreeningEvent"
    assert event["startDate"] == "2026-06-13T20:15:00+01:00"
    assert event["workPresented"] == {"@id": movie["@id"]}
    assert event["location"]["name"] == "The Aurora, Grand"
    assert (event["videoFormat"], event["subtitleLanguage"]["name"]) == ("35 mm", "English")
    assert (event["offers"]["price"], event["offers"]["priceCurrency"]) == ("9.50", "EUR")
    assert event["offers"]["url"].startswith("http://testserver/screenings/")


def test_no_text_ends_the_block_of_data() -> None:
    block = structured({"name": "</script><!-- & é"})
    assert "<" not in DATA.findall(block)[0]
    assert json.loads(DATA.findall(block)[0]) == {"name": "</script><!-- & é"}


def test_a_link_has_a_preview(client: Client, show: Show) -> None:
    show()
    shared = dict(META.findall(client.get(MOVIE).content.decode()))
    assert shared["title"] == "The Salt Meridian"
    assert shared["description"] == "A chart with one wrong line."
    assert (shared["type"], shared["url"]) == ("video.movie", f"http://testserver{MOVIE}")
    assert shared["image"] == "http://testserver/static/img/card.png"
    home = dict(META.findall(client.get("/").content.decode()))
    assert home["title"] == "What is on: Saturday 13 June"


def test_a_filtered_day_is_that_day_to_a_search_engine(client: Client, show: Show) -> None:
    show()
    for path, address in [
        ("/", "/"),
        ("/?day=2026-06-13", "/"),
        ("/?day=2026-06-14&format=IMAX", "/?day=2026-06-14"),
    ]:
        page = client.get(path).content.decode()
        assert f'<link rel="canonical" href="http://testserver{address}">' in page
    assert '<meta name="robots" content="noindex">' in client.get("/?q=salt").content.decode()


def test_a_sitemap_lists_what_can_be_found(client: Client, show: Show) -> None:
    show(hour=12)  # has begun
    show(hour=20)
    added("Concrete Birds")
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    assert re.findall("<loc>http://testserver(.*?)</loc>", response.content.decode()) == [
        "/",
        "/movies/concrete-birds/",
        MOVIE,
        "/screenings/the-salt-meridian-0-20/",
    ]


def test_a_sitemap_costs_the_same_whatever_it_lists(client: Client, show: Show) -> None:
    costs = set()
    for number in range(1, 4):
        show(day=number, title=f"Film {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
        costs.add(len(queries))
    assert len(costs) == 1


def test_robots_are_told_of_the_sitemap(client: Client) -> None:
    said = client.get("/robots.txt")
    assert said["Content-Type"] == "text/plain"
    lines = said.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /orders/" in lines
