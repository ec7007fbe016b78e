"""Filters and search: by their addresses, with a script and without."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.programme.filters import Filters
from apps.programme.words import asked, searchable
from tests.programme.conftest import Show, added, context_of


def titles(context: Any) -> list[str]:
    return [movie["title"] for movie in context["movies"]]


def shown(context: Any) -> list[str]:
    return [row["screening"] for movie in context["movies"] for row in movie["screenings"]]


@pytest.fixture
def week(show: Show) -> None:
    """Three films today, one of them tomorrow, too."""
    show(hour=19, title="Orbit", format="IMAX", language="English")
    show(hour=20, title="Salt", subtitles="English", wheelchair_spaces=["A1", "A2"])
    show(hour=21, title="Salt", wheelchair_spaces=["A1", "A2"], wheelchair_taken=2)
    show(hour=22, title="Zoë", language="English", subtitles="French")
    show(day=1, hour=11, title="Salt", format="35 mm")


@pytest.mark.parametrize(
    ("asked_for", "found"),
    [
        ("", ["orbit-0-19", "salt-0-20", "salt-0-21", "zoe-0-22"]),
        ("format=IMAX", ["orbit-0-19"]),
        ("format=4DX", []),
        ("language=English", ["orbit-0-19", "zoe-0-22"]),
        ("subtitles=English", ["salt-0-20"]),
        ("subtitles=none", ["orbit-0-19", "salt-0-21"]),
        ("accessible=1", ["salt-0-20"]),  # those of 21:15 are taken
        ("time=evening", ["orbit-0-19", "salt-0-20"]),
        ("time=late", ["salt-0-21", "zoe-0-22"]),
        ("time=never", ["orbit-0-19", "salt-0-20", "salt-0-21", "zoe-0-22"]),
        ("time=late&subtitles=French&language=English", ["zoe-0-22"]),
        ("day=2026-06-14&time=morning", ["salt-1-11"]),
    ],
)
@pytest.mark.usefixtures("week")
def test_filters_choose_screenings(client: Client, asked_for: str, found: list[str]) -> None:
    assert shown(context_of(client, f"/?{asked_for}")) == found


def test_the_time_of_day_is_the_cinemas(client: Client, show: Show) -> None:
    show(hour=11, day=1)  # 10:15 by UTC
    show(hour=12, day=1)  # 11:15 by UTC: no longer the morning of the cinema
    show(hour=0, day=1)
    morning = shown(context_of(client, "/?day=2026-06-14&time=morning"))
    assert morning == ["the-salt-meridian-1-11"]
    assert shown(context_of(client, "/?day=2026-06-14&time=late")) == ["the-salt-meridian-1-0"]


@pytest.mark.usefixtures("week")
def test_what_is_offered_is_what_is_to_come(client: Client) -> None:
    choices = context_of(client, "/?format=4DX")["choices"]
    offered = {name: [each["value"] for each in found] for name, found in choices.items()}
    assert offered["format"] == ["2D", "35 mm", "IMAX", "4DX"]  # the last, to be seen and changed
    assert offered["language"] == ["English", "Portuguese"]
    assert offered["subtitles"] == ["English", "French", "none"]


@pytest.mark.usefixtures("week")
def test_each_filter_can_be_taken_away(client: Client) -> None:
    address = "/?day=2026-06-13&q=Zo%C3%AB&format=IMAX&accessible=1"
    chips = {chip["text"]: chip["url"] for chip in context_of(client, address)["chips"]}
    assert chips == {
        "“Zoë”": "/?day=2026-06-13&format=IMAX&accessible=1",
        "IMAX": "/?day=2026-06-13&q=Zo%C3%AB&accessible=1",
        "Wheelchair space free": "/?day=2026-06-13&q=Zo%C3%AB&format=IMAX",
    }


@pytest.mark.usefixtures("week")
def test_an_empty_day_offers_the_next_that_matches(client: Client) -> None:
    response = client.get("/?format=35+mm")
    assert "No films match. Take one filter away." in response.content.decode()
    assert response.context["next_day"]["url"] == "/?day=2026-06-14&format=35+mm"
    counts = [day["count"] for day in response.context["days"]]
    assert counts == [0, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("salt", ["Salt"]),
        ("SAL", ["Salt"]),
        ("zoe", ["Zoë"]),
        ("alt", []),
        ("portuguese", ["Orbit", "Salt", "Zoë"]),
        ("wrong drama orb", ["Orbit"]),
        ("  ", ["Orbit", "Salt", "Zoë"]),  # nothing asked for: today's
        ("!!!", []),
    ],
)
@pytest.mark.usefixtures("week")
def test_a_search_finds_films_by_beginnings_of_words(
    client: Client, words: str, found: list[str]
) -> None:
    assert titles(context_of(client, f"/?q={words}")) == found


@pytest.mark.usefixtures("week")
def test_a_search_shows_the_next_screenings_of_all_days(client: Client, show: Show) -> None:
    show(hour=12, title="Salt")  # has begun
    for day in range(2, 7):
        show(day=day, title="Salt")
    (movie,) = context_of(client, "/?q=salt&day=2026-06-13")["movies"]
    days = [row["day"] for row in movie["screenings"]]
    assert days == ["Today", "Today", "Tomorrow", "Mon 15 June", "Tue 16 June", "Wed 17 June"]
    assert movie["more"] == 2


@pytest.mark.usefixtures("week")
def test_a_search_goes_through_filters(client: Client) -> None:
    assert shown(context_of(client, "/?q=salt&format=35+mm")) == ["salt-1-11"]


def test_titles_come_first_and_what_is_not_on_last(client: Client, show: Show) -> None:
    show(title="A Wrong Number")
    show(title="Salt")
    added("Line of Wrong", genre="Comedy")
    assert titles(context_of(client, "/?q=wrong")) == ["A Wrong Number", "Salt", "Line of Wrong"]
    assert "No screening is on sale yet." in client.get("/?q=comedy").content.decode()
    assert titles(context_of(client, "/?q=wrong&language=Portuguese"))[-1] == "Salt"


@pytest.mark.usefixtures("week")
def test_a_form_without_a_script_leads_to_a_short_address(client: Client) -> None:
    typed = "q=&format=IMAX&language=&subtitles=&time="
    assert client.get(f"/?{typed}").headers["Location"] == "/?format=IMAX"
    assert client.get(f"/?day=2026-06-14&{typed}")["Location"] == "/?day=2026-06-14&format=IMAX"


HTMX = {"HX-Request": "true"}


@pytest.mark.usefixtures("week")
def test_a_script_gets_the_parts_that_change_and_their_address(client: Client) -> None:
    response = client.get("/?q=&format=IMAX&time=", headers=HTMX)
    page = response.content.decode()
    assert "<html" not in page
    assert page.count('data-hx-swap-oob="true"') == 2  # the board and the days
    assert "One film" in page
    assert response["HX-Push-Url"] == "/?format=IMAX"
    assert "HX-Request" in response["Vary"]


@pytest.mark.usefixtures("week")
def test_typing_on_is_one_step_back(client: Client) -> None:
    typing = {**HTMX, "HX-Trigger-Name": "q"}
    first = client.get("/?q=s", headers={**typing, "HX-Current-URL": "http://testserver/"})
    assert first["HX-Push-Url"] == "/?q=s"
    then = client.get("/?q=sa", headers={**typing, "HX-Current-URL": "http://testserver/?q=s"})
    assert then["HX-Replace-Url"] == "/?q=sa"
    assert "HX-Push-Url" not in then


@pytest.mark.usefixtures("week")
def test_going_back_gets_the_whole_page(client: Client) -> None:
    back = client.get("/?q=s", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_what_is_typed_is_only_text(client: Client, show: Show) -> None:
    show()
    for typed in ["<script>alert(1)</script>", "%27%3B--", "%25", "x" * 5000, "%F0%9F%92%BA"]:
        response = client.get(f"/?q={typed}&format={typed}&language={typed}&time={typed}")
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_finding_costs_the_same_whatever_there_is(client: Client, show: Show) -> None:
    costs: dict[str, set[int]] = {"/?q=film": set(), "/?language=Portuguese&time=evening": set()}
    for number in range(5):
        show(day=number, title=f"Film {number}")
        show(day=number, hour=21, title="Film 0")
        for path, counts in costs.items():
            with CaptureQueriesContext(connection) as queries:
                context_of(client, path)
            counts.add(len(queries))
    assert list(costs.values()) == [{4}, {3}]


def test_words_are_compared_without_accents_and_signs() -> None:
    assert searchable("Zoë’s", "Night-Bus!") == " zoe s night bus"
    assert asked(" Zoë  zoe, NIGHT ") == ["zoe", "night"]
    assert len(asked("a b c d e f g h i j k")) == 8


def test_an_address_says_only_what_filters() -> None:
    assert Filters().address() == "/"
    assert Filters(q="a b", format="35 mm").address() == "/?q=a+b&format=35+mm"
