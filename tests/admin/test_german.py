"""Staff who read German."""

from django.test import Client

from apps.catalog.models import Screening
from tests.admin.forms import add, errors, messages, screening


def test_a_price_with_a_comma_and_an_answer_in_german(shown: Client) -> None:
    shown.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    (said,) = messages(add(shown, "screening", **screening(price="9,50")))
    assert said.startswith("The Salt Meridian: Grand, ")
    assert said.endswith(", 20:15 Uhr. Ab jetzt im Verkauf.")
    assert Screening.objects.get().price == 950
    assert "9,50\N{NO-BREAK SPACE}€" in shown.get("/admin/catalog/screening/").content.decode()


def test_a_refusal_in_german(shown: Client) -> None:
    add(shown, "screening", **screening())
    shown.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    (said,) = errors(add(shown, "screening", **screening()))
    assert said.startswith("Grand ist dann belegt: The Salt Meridian läuft von ")


def test_lists_name_genres_and_languages(shown: Client) -> None:
    shown.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    page = shown.get("/admin/catalog/movie/").content.decode()
    assert ">Drama<" in page
    assert ">Portugiesisch<" in page
