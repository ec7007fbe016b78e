"""Lists and details that only show, to those who may look."""

from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client

from apps.catalog.models import Auditorium, Movie, Screening
from apps.eventlog.models import StoredEvent
from tests.admin.forms import add, screening

LISTS: dict[str, Any] = {"movie": Movie, "auditorium": Auditorium, "screening": Screening}


def test_lists_search_and_filter(shown: Client) -> None:
    add(shown, "screening", **screening())
    for what in LISTS:
        found = shown.get(f"/admin/catalog/{what}/").content.decode()
        assert "Salt" in found or "Grand" in found
    for what, query in [
        ("movie", "?q=Salt"),
        ("movie", f"?q={'x' * 5000}"),
        ("movie", "?o=9.9.9"),
        ("auditorium", "?q=Grand"),
        ("screening", f"?movie__movie__exact={Movie.objects.get().pk}"),
        ("screening", "?starts__gte=never"),
        ("screening", "?starts__year=99999999"),
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
        for unknown in ["nobody", "x" * 500]:
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
