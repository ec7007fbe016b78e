"""What is on: a day, a movie, its poster."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.programme import days
from apps.programme.models import Screening
from tests.programme.conftest import NOW, Show, context_of

TODAY = date(2026, 6, 13)


def test_a_day_lists_its_movies_with_their_screenings(client: Client, show: Show) -> None:
    show(hour=20, taken=30)
    show(hour=19)
    show(hour=21, title="Concrete Birds")
    show(day=1, title="Night Bus to Trieste")
    movies = context_of(client, "/")["movies"]
    assert [movie["title"] for movie in movies] == ["Concrete Birds", "The Salt Meridian"]
    starts = [screening["starts"].strftime("%H:%M") for screening in movies[1]["screenings"]]
    assert starts == ["19:15", "20:15"]
    late = movies[1]["screenings"][1]
    assert (late["left"], late["pct"], late["state"]) == (70, 30, "open")
    assert late["url"] == "/screenings/the-salt-meridian-0-20/"


def test_a_day_ends_at_the_cinemas_midnight(client: Client, show: Show) -> None:
    before, after = show(hour=20), show(hour=21)
    before.starts = datetime(2026, 6, 13, 22, 59, tzinfo=UTC)  # 23:59 in the cinema
    after.starts = datetime(2026, 6, 13, 23, 0, tzinfo=UTC)  # 00:00 of the next day
    before.save()
    after.save()
    for day, expected in [("2026-06-13", before), ("2026-06-14", after)]:
        (movie,) = context_of(client, f"/?day={day}")["movies"]
        assert [row["screening"] for row in movie["screenings"]] == [expected.screening]


@pytest.mark.parametrize(
    ("hour", "taken", "state"),
    [
        (20, 0, "open"),
        (20, 89, "open"),
        (20, 90, "few"),
        (20, 99, "few"),
        (20, 100, "full"),
        (17, 0, "past"),
        (17, 100, "past"),
    ],
)
def test_a_screening_says_how_it_stands(hour: int, taken: int, state: str) -> None:
    starts = datetime(2026, 6, 13, hour, 15, tzinfo=timezone.get_default_timezone())
    screening = Screening(starts=starts, seats=100, taken=taken)
    assert screening.state(NOW) == state


def test_few_is_ten_seats_or_a_tenth() -> None:
    later = NOW + timedelta(hours=1)
    assert Screening(starts=later, seats=300, taken=270).state(NOW) == "few"
    assert Screening(starts=later, seats=300, taken=269).state(NOW) == "open"
    assert Screening(starts=later, seats=40, taken=30).state(NOW) == "few"
    assert Screening(starts=later, seats=40, taken=29).state(NOW) == "open"


def test_what_has_started_is_shown_last_and_said_so(client: Client, show: Show) -> None:
    show(hour=12, title="Concrete Birds")
    show(hour=20)
    response = client.get("/")
    titles = [movie["title"] for movie in response.context["movies"]]
    assert titles == ["The Salt Meridian", "Concrete Birds"]
    assert "started" in response.content.decode()


def test_the_strip_offers_a_week_and_counts_films(client: Client, show: Show) -> None:
    show(hour=19)
    show(hour=20)
    show(hour=21, title="Concrete Birds")
    show(day=9)
    strip = context_of(client, "/")["days"]
    assert [day["number"] for day in strip] == [13, 14, 15, 16, 17, 18, 19, 22]
    assert [day["count"] for day in strip] == [2, 0, 0, 0, 0, 0, 0, 1]
    assert [day["label"] for day in strip][:2] == ["Today", "Sun"]
    assert [day["current"] for day in strip] == [True] + 7 * [False]


def test_an_empty_day_offers_the_next_one_with_films(client: Client, show: Show) -> None:
    show(day=0)
    show(day=3)
    show(day=5)
    context = context_of(client, "/?day=2026-06-14")
    assert context["movies"] == []
    assert context["next_day"] == {"date": date(2026, 6, 16), "url": "/?day=2026-06-16"}
    assert context_of(client, "/?day=2026-06-16")["next_day"] is None
    assert context_of(client, "/?day=2026-06-20")["next_day"] is None


def test_an_empty_cinema_has_a_page(client: Client, show: Show) -> None:
    assert context_of(client, "/")["movies"] == []


def test_a_day_that_is_none_is_not_found(client: Client, show: Show) -> None:
    far = ["0001-01-01", "9999-12-31", "2027-07-19"]
    for day in [*far, "never", "2026-02-30", "x" * 10_000, "13 June"]:
        response = client.get(f"/?day={day}")
        assert response.status_code == 404
        assert "no day of our programme" in response.content.decode()


def test_a_movie_has_a_page_with_its_coming_days(client: Client, show: Show) -> None:
    show(day=-1)
    show(hour=12)
    show(day=1, hour=11)
    show(day=1, hour=20)
    show(day=2)
    context = context_of(client, "/movies/the-salt-meridian/")
    assert context["movie"]["title"] == "The Salt Meridian"
    assert [(day["label"], len(day["screenings"])) for day in context["days"]] == [
        ("Today", 1),
        ("Tomorrow", 2),
        ("Mon 15 June", 1),
    ]


def test_an_unknown_movie_is_not_found(client: Client, show: Show) -> None:
    for path in ["/movies/nobody/", "/posters/nobody.svg"]:
        assert client.get(path).status_code == 404


def test_pages_only_show(client: Client, show: Show) -> None:
    show()
    for path in ["/", "/movies/the-salt-meridian/", "/posters/the-salt-meridian.svg"]:
        assert client.post(path).status_code == 405


def test_a_page_costs_the_same_whatever_it_shows(client: Client, show: Show) -> None:
    costs: dict[str, set[int]] = {"/": set(), "/?day=2026-12-01": set(), "/movies/film-1/": set()}
    show(title="Film 1")
    for number in range(2, 7):
        show(hour=20, title=f"Film {number}")
        show(day=number, title="Film 1")
        for path, counts in costs.items():
            with CaptureQueriesContext(connection) as queries:
                context_of(client, path)
            counts.add(len(queries))
    assert list(costs.values()) == [{3}, {3}, {2}]


def test_a_poster_may_be_kept_under_the_address_that_names_it(client: Client, show: Show) -> None:
    show()
    (movie,) = context_of(client, "/")["movies"]
    response = client.get(movie["poster"])
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    etag = response["ETag"]
    kept = client.get(movie["poster"], headers={"If-None-Match": etag})
    assert (kept.status_code, kept.content) == (304, b"")
    unnamed = client.get("/posters/the-salt-meridian.svg?v=other")
    assert "immutable" not in unnamed["Cache-Control"]
    assert unnamed["ETag"] == etag


def test_an_address_names_a_day_within_reach() -> None:
    assert days.asked(None, TODAY) == TODAY
    assert days.asked("2026-06-20", TODAY) == date(2026, 6, 20)
    assert days.asked("2027-07-18", TODAY) == date(2027, 7, 18)
    assert days.asked("2027-07-19", TODAY) is None
