"""Pages in the language of the browser, or in the one that was chosen."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from apps.booking.commands.hold_seats import HoldSeats
from apps.catalog.specs.examples import movie_added
from apps.eventlog.handling import handle


def text(response: Any) -> str:
    """What is shown, in one line."""
    shown = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(shown).replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_browser_says_which_language(screening: str, german: Client) -> None:
    response = german.get("/")
    assert '<html lang="de">' in response.content.decode()
    assert "Film an allen Tagen finden" in response.content.decode()
    assert "Keine Filme" in text(response)
    assert response["Content-Language"] == "de"


def test_the_map_keeps_the_language_of_the_title(screening: str, german: Client) -> None:
    page = german.get(f"/screenings/{screening}/").content.decode()
    assert '<html lang="de">' in page
    assert '<h1 lang="en-gb">The Salt Meridian</h1>' in page


@pytest.mark.parametrize("asked", ["", "en-US,en;q=0.8", "fr", "*", "xx;q=y,\x00"])
def test_everybody_else_reads_english(client: Client, asked: str) -> None:
    response = client.get("/nowhere/", headers={"Accept-Language": asked} if asked else {})
    assert '<html lang="en-gb">' in response.content.decode()
    assert "Nothing is on here." in text(response)


def test_the_choice_counts_more_and_keeps_the_page(screening: str, client: Client) -> None:
    page = client.get("/?language=English").content.decode()
    assert 'name="next" value="/?language=English"' in page
    fields = {"language": "de", "next": "/?language=English"}
    response = Client(enforce_csrf_checks=True).post("/language/", fields)
    assert (response.status_code, response["Location"]) == (302, fields["next"])
    client.cookies.update(response.cookies)
    assert "Auf Englisch" in text(client.get(fields["next"], headers={"Accept-Language": "en"}))


@pytest.mark.parametrize(
    "fields", [{}, {"language": "xx"}, {"language": "de", "next": "//evil.example/"}]
)
def test_a_choice_that_cannot_be_meant_leads_home(client: Client, fields: dict[str, str]) -> None:
    response = client.post("/language/", fields)
    assert (response.status_code, response["Location"]) == (302, "/")


def test_pages_say_that_their_language_varies(screening: str, client: Client) -> None:
    for path in "/", f"/screenings/{screening}/", "/nowhere/":
        varies = {each.strip() for each in client.get(path)["Vary"].split(",")}
        assert {"Accept-Language", "Cookie"} <= varies, path


def test_what_says_nothing_is_the_same_for_all(screening: str, german: Client) -> None:
    response = german.get(f"/posters/{movie_added().slug}.svg")
    assert response.status_code == 200
    assert "Accept-Language" not in response.get("Vary", "")
    assert "Content-Language" not in response.headers


def test_a_movie_with_its_genre_day_and_time(screening: str, german: Client) -> None:
    page = german.get(f"/movies/{movie_added().slug}/")
    assert "Sa, 28. November" in text(page)
    assert "9,50 €" in text(page)
    assert 'aria-label="Samstag, 28. November"' in page.content.decode()


def test_seats_have_german_names_without_a_script(screening: str, german: Client) -> None:
    page = german.get(f"/screenings/{screening}/").content.decode()
    assert 'aria-label="Reihe A, Platz 7, erste Reihe, frei, 9,50\N{NO-BREAK SPACE}€"' in page
    assert "Samstag, 28. November, 20:15 Uhr" in page


def test_a_seat_that_is_gone_is_refused_in_german(screening: str, german: Client) -> None:
    hold(screening, "A7", "A8")
    page = f"/screenings/{screening}/"
    fields = {"seats": ["A7", "A8"], "command": str(uuid4())}
    assert "Bei A7 und A8 war gerade jemand schneller." in text(
        german.post(f"{page}holds/", fields)
    )


def test_paying(screening: str, german: Client) -> None:
    checkout = f"/screenings/{screening}/checkout/"
    german.get(checkout)
    hold(screening, "A7", "A8", by=german.cookies["visitor"].value.split(":")[0])
    page = german.get(checkout)
    assert "Ihre 2 Plätze bezahlen" in text(page)
    assert "19,00 € bezahlen" in text(page)
    assert "Samstag, 28. November, 20:15 Uhr" in text(page)
    unsigned = text(german.post(checkout, {"command": str(uuid4()), "email": "mira"}))
    assert "Nennen Sie uns einen Namen" in unsigned
    assert "Das ist keine Adresse wie mira@example.org." in unsigned


def test_errors(german: Client) -> None:
    assert "Hier läuft nichts." in text(german.get("/nowhere/"))
    assert "Das konnten wir nicht lesen." in text(german.get("/?q=%00"))
    assert "Diesen Tag gibt es nicht" in text(german.get("/?day=2026-02-30"))


def test_after_german_comes_english_again(german: Client, client: Client) -> None:
    german.get("/nowhere/")
    assert "We could not read that." in text(client.get("/?q=%00"))


def test_what_developers_read_is_in_english(german: Client) -> None:
    page = german.get("/event-model/").content.decode()
    assert '<html lang="de">' in page
    assert '<div class="english" lang="en">' in page


def hold(screening: str, *seats: str, by: str = "bob") -> None:
    command = HoldSeats(screening, by, uuid4().hex, seats, timedelta(minutes=10))
    handle(command, command_id=uuid4().hex, actor=f"visitor:{by}")
