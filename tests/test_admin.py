"""The staff's pages: forms that issue commands, lists that only show."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from apps.catalog import admin as catalog_admin
from apps.catalog.models import Auditorium, Movie, Screening
from apps.catalog.projections import catalog
from apps.eventlog.handling import Busy
from apps.eventlog.models import StoredEvent
from apps.eventlog.projections import catch_up_all

GARBAGE = ["", "\x00", "x" * 10_000, "9" * 10_000, "-1", "1e999999", "NaN", "<b>&amp;", "💺" * 50]
PLAN = "A ..####..\nB .######.\n\nC ########"


@pytest.fixture(autouse=True)
def _lists_follow_at_once(database: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs beside these tests: the page that waits brings the lists up to date."""
    monkeypatch.setattr(catalog, "wait_for", lambda position: catch_up_all())


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("staff"))
    return client


def add(staff: Client, what: str, **typed: object) -> Any:
    data = {"command": uuid4(), **typed}
    return staff.post(f"/admin/catalog/{what}/add/", data, follow=True)


def movie(**typed: object) -> dict[str, object]:
    return {
        "title": "The Salt Meridian",
        "synopsis": "A chart with one wrong line.",
        "genre": "Drama",
        "year": 2026,
        "minutes": 128,
        "rating": "12",
        "language": "Portuguese",
        **typed,
    }


def auditorium(**typed: object) -> dict[str, object]:
    return {"name": "Grand", "plan": PLAN, **typed}


def screening(**typed: object) -> dict[str, object]:
    return {
        "movie": Movie.objects.get().pk,
        "auditorium": Auditorium.objects.get().pk,
        "starts": f"{evening():%Y-%m-%dT%H:%M}",
        "minutes": "135",
        "price": "9.50",
        **typed,
    }


def evening() -> datetime:
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=20, minute=15, second=0, microsecond=0)


@pytest.fixture
def shown(staff: Client) -> Client:
    """With a movie and an auditorium to choose from."""
    add(staff, "movie", **movie())
    add(staff, "auditorium", **auditorium())
    return staff


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def errors(response: Any) -> list[str]:
    assert response.status_code == 200
    return [error for errors in response.context["form"].errors.values() for error in errors]


def test_a_movie_is_added_by_a_command(staff: Client) -> None:
    response = add(staff, "movie", **movie())
    assert response.redirect_chain == [("/admin/catalog/movie/", 302)]
    assert messages(response) == ["The Salt Meridian is in the catalog. Now schedule a screening."]
    assert Movie.objects.get().slug == "the-salt-meridian"
    stored = StoredEvent.objects.get()
    assert stored.type == "catalog.MovieAdded"
    assert stored.metadata["actor"] == f"staff:{User.objects.get().pk}"


def test_an_auditorium_is_added_with_its_plan(staff: Client) -> None:
    response = add(staff, "auditorium", **auditorium())
    assert messages(response) == ["Grand has 18 seats. Now schedule a screening."]
    assert Auditorium.objects.get().plan == ["A ..####..", "B .######.", "", "C ########"]


def test_a_screening_is_on_sale_at_once(shown: Client) -> None:
    response = add(shown, "screening", **screening())
    starts = evening()
    when = f"{starts:%A} {starts.day} {starts:%B} at 20:15"
    assert messages(response) == [f"The Salt Meridian is in the Grand, {when}. On sale now."]
    stored = Screening.objects.get()
    assert (stored.starts, stored.price) == (starts, 950)
    assert stored.ends - stored.starts == timedelta(minutes=135)


def test_a_price_becomes_whole_cents(shown: Client) -> None:
    cents = {"9.5": 950, "9,50": 950, "0": 0, "0.07": 7, "1000": 100_000}
    for hours, typed in enumerate(cents, start=1):
        starts = f"{evening() + timedelta(hours=3 * hours):%Y-%m-%dT%H:%M}"
        add(shown, "screening", **screening(price=typed, starts=starts))
    prices = Screening.objects.order_by("starts").values_list("price", flat=True)
    assert list(prices) == list(cents.values())


def test_a_screening_lasts_as_long_as_the_movie_unless_told(shown: Client) -> None:
    add(shown, "screening", **screening(minutes=""))
    stored = Screening.objects.get()
    assert stored.ends - stored.starts == timedelta(minutes=128)


def test_an_overlap_names_the_other_screening_and_keeps_what_was_typed(shown: Client) -> None:
    add(shown, "screening", **screening())
    response = add(shown, "screening", **screening(price="7.25"))
    starts, ends = evening(), evening() + timedelta(minutes=135)
    when = f"{starts:%a} {starts.day} {starts:%B}, 20:15 to {ends:%H:%M}"
    assert errors(response) == [f"Grand is taken then: The Salt Meridian runs {when}."]
    page = response.content.decode()
    assert f"Grand is taken then: The Salt Meridian runs {when}." in page
    assert 'value="7.25"' in page
    assert Screening.objects.count() == 1


def test_sending_a_form_twice_adds_one_thing_and_answers_the_same(staff: Client) -> None:
    command = uuid4()
    first = add(staff, "movie", command=command, **movie())
    again = add(staff, "movie", command=command, **movie())
    assert messages(again) == messages(first)
    assert StoredEvent.objects.count() == 1


def test_an_old_form_with_something_else_in_it_is_refused_once(staff: Client) -> None:
    command = uuid4()
    add(staff, "movie", command=command, **movie())
    other = movie(title="Concrete Birds")
    refused = add(staff, "movie", command=command, **other)
    assert len(errors(refused)) == 1
    fresh = refused.context["form"]["command"].value()
    assert fresh != str(command)
    add(staff, "movie", command=fresh, **other)
    assert Movie.objects.count() == 2


def test_an_address_is_made_of_the_title_or_asked_for(staff: Client) -> None:
    add(staff, "movie", **movie(title="Zoë & the Sea,  part 2"))
    assert Movie.objects.get().slug == "zoe-the-sea-part-2"
    assert errors(add(staff, "movie", **movie(title="千と千尋"))) == [
        "Type an address: none could be made of the title."
    ]


def test_an_address_that_is_taken_is_refused(staff: Client) -> None:
    add(staff, "movie", **movie())
    assert errors(add(staff, "movie", **movie())) == [
        "The address /movies/the-salt-meridian/ belongs to The Salt Meridian. Choose another one."
    ]


def test_a_plan_that_is_wrong_names_the_row(staff: Client) -> None:
    response = add(staff, "auditorium", **auditorium(plan="A ##\nB #o#"))
    assert errors(response) == ["Row B: 'o' is neither a seat (#) nor a gap (.)."]


@pytest.mark.parametrize("field", ["command", "genre", "rating", "minutes", "year"])
def test_garbage_about_a_movie_is_an_error_of_the_form(staff: Client, field: str) -> None:
    for garbage in GARBAGE:
        assert errors(add(staff, "movie", **movie(**{field: garbage})))
    assert not StoredEvent.objects.exists()


def test_no_text_about_a_movie_breaks_the_form(staff: Client) -> None:
    for field in ["title", "synopsis", "language"]:
        for text in ["", "\x00", "x" * 10_000, "a\x07b"]:
            assert errors(add(staff, "movie", **movie(**{field: text})))
    assert not StoredEvent.objects.exists()
    for number, text in enumerate(["<b>&amp;", "💺 🎬", "a\u00a0b", "1e999", "';--"]):
        typed = movie(title=text, synopsis=text, language=text, slug=f"movie-{number}")
        assert add(staff, "movie", **typed).redirect_chain
    assert StoredEvent.objects.count() == 5


def test_garbage_for_an_address_is_an_error_of_the_form(staff: Client) -> None:
    for garbage in ["Slash/ed", "\x00", "x" * 10_000, "_", "--", "Ünder"]:
        assert errors(add(staff, "movie", **movie(slug=garbage)))


def test_garbage_for_an_auditorium_is_an_error_of_the_form(staff: Client) -> None:
    for garbage in GARBAGE:
        assert errors(add(staff, "auditorium", **auditorium(plan=garbage)))
    for garbage in ["", "\x00", "x" * 10_000]:
        assert errors(add(staff, "auditorium", **auditorium(name=garbage)))
    assert not StoredEvent.objects.exists()


TIMES = ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", "2001-01-01T10:00"]


@pytest.mark.parametrize(
    ("field", "garbage"),
    [
        ("movie", GARBAGE),
        ("auditorium", GARBAGE),
        ("starts", [*GARBAGE, *TIMES, "0001-01-01T00:00+14:00"]),
        ("minutes", GARBAGE[1:]),  # left empty it is the movie's length
        ("price", [*GARBAGE, "1000.01", "0.001", "Infinity", "1,000", "9,5,0"]),
    ],
)
def test_garbage_about_a_screening_is_an_error_of_the_form(
    shown: Client, field: str, garbage: list[str]
) -> None:
    for typed in garbage:
        assert errors(add(shown, "screening", **screening(**{field: typed})))
    assert not Screening.objects.exists()


def test_an_empty_post_is_an_error_of_the_form(staff: Client) -> None:
    assert errors(staff.post("/admin/catalog/movie/add/"))


def test_a_busy_log_asks_for_another_try(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*args: object, **kwargs: object) -> int:
        raise Busy

    monkeypatch.setattr(catalog_admin, "handle", busy)
    assert errors(add(staff, "movie", **movie())) == [catalog_admin.BUSY]


LISTS: dict[str, Any] = {"movie": Movie, "auditorium": Auditorium, "screening": Screening}


def test_lists_search_and_filter(shown: Client) -> None:
    add(shown, "screening", **screening())
    for what in LISTS:
        found = shown.get(f"/admin/catalog/{what}/").content.decode()
        assert "Salt" in found or "Grand" in found
    for what, query in [
        ("movie", "?q=Salt"),
        ("movie", "?genre__exact=%00"),
        ("movie", "?q=%00"),
        ("movie", f"?q={'x' * 5000}"),
        ("movie", "?o=9.9.9"),
        ("auditorium", "?q=Grand"),
        ("screening", f"?movie__movie__exact={Movie.objects.get().pk}"),
        ("screening", "?starts__gte=never"),
        ("screening", "?nothing=1"),
    ]:
        response = shown.get(f"/admin/catalog/{what}/{query}", follow=True)
        assert response.status_code == 200, query


def test_details_only_show(shown: Client) -> None:
    add(shown, "screening", **screening())
    for what, model in LISTS.items():
        detail = f"/admin/catalog/{what}/{model.objects.get().pk}/"
        assert shown.get(f"{detail}change/").status_code == 200
        assert shown.post(f"{detail}change/", {"title": "Changed"}).status_code == 403
        assert shown.post(f"{detail}delete/", {"post": "yes"}).status_code == 403
        for unknown in ["nobody", "%00", "x" * 500]:
            path = f"/admin/catalog/{what}/{unknown}/change/"
            assert shown.get(path, follow=True).status_code == 200
    assert StoredEvent.objects.count() == 3


def test_only_who_may_add_sees_the_form(client: Client) -> None:
    looker = User.objects.create_user("looker", is_staff=True)
    catalogs = Permission.objects.filter(content_type__app_label="catalog")
    for what in LISTS:
        path = f"/admin/catalog/{what}/add/"
        client.logout()
        assert client.get(path).status_code == 302
        client.force_login(looker)
        looker.user_permissions.set(catalogs.filter(codename=f"view_{what}"))
        assert client.get(path).status_code == 403
        assert client.post(path, {}).status_code == 403
        looker.user_permissions.set(catalogs.filter(codename=f"add_{what}"))
        assert client.get(path).status_code == 200
    assert not StoredEvent.objects.exists()
