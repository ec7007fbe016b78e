"""Forms that issue commands."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.catalog import admin as catalog_admin
from apps.catalog.models import Auditorium, Movie, Screening
from apps.eventlog.handling import Busy
from apps.eventlog.models import StoredEvent
from tests.admin.forms import add, auditorium, errors, evening, messages, movie, screening


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


def test_a_screening_is_dubbed_and_in_another_format_if_told(shown: Client) -> None:
    add(shown, "screening", **screening())
    later = f"{evening() + timedelta(hours=3):%Y-%m-%dT%H:%M}"
    told = {"format": "35 mm", "language": " Brazilian  Portuguese ", "subtitles": "English"}
    add(shown, "screening", **screening(starts=later, **told))
    stored = Screening.objects.order_by("starts").values_list("format", "language", "subtitles")
    assert list(stored) == [
        ("2D", "Portuguese", ""),
        ("35 mm", "Brazilian Portuguese", "English"),
    ]


def test_wheelchair_spaces_and_companions_seats_are_counted(staff: Client) -> None:
    add(staff, "auditorium", **auditorium(plan="A wc##cw"))
    stored = Auditorium.objects.get()
    assert (stored.seats, stored.wheelchair_spaces, stored.companion_seats) == (6, 2, 2)


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
    assert errors(response) == ["Row B: 'o' is neither a seat (#, w or c) nor a gap (.)."]


def test_a_busy_log_asks_for_another_try(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*args: object, **kwargs: object) -> int:
        raise Busy

    monkeypatch.setattr(catalog_admin, "handle", busy)
    assert errors(add(staff, "movie", **movie())) == [str(catalog_admin.BUSY)]


def test_a_form_of_another_site_is_refused(staff: Client) -> None:
    staff.handler.enforce_csrf_checks = True
    assert staff.post("/admin/catalog/movie/add/", movie()).status_code == 403
    assert not StoredEvent.objects.exists()
