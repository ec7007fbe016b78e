"""Requests that no browser sends are answered with 400, and are nobody's error."""

import pytest
from django.test import Client

NUL_COOKIE = 'sessionid="abc\\000"'


@pytest.mark.parametrize(
    "path",
    ["/%00", "/?day=%00", "/movies/a%00/", "/orders/%00/", "/admin/r/1/%00/", "/admin/?q=%00"],
)
def test_a_nul_in_the_address(database: str, path: str) -> None:
    assert Client().get(path).status_code == 400


def test_a_nul_in_a_cookie(database: str, caplog: pytest.LogCaptureFixture) -> None:
    assert Client(headers={"Cookie": NUL_COOKIE}).get("/admin/").status_code == 400
    assert not caplog.records


@pytest.mark.parametrize("charset", ["utf-7", "utf-16"])
def test_a_form_that_is_not_utf_8(database: str, charset: str) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", b"username=a", content_type=kind)
    assert response.status_code == 400


def test_other_requests_pass(database: str) -> None:
    assert Client().get("/?day=2030-01-01&x=%c3%a9").status_code in (200, 404)
    kind = "application/x-www-form-urlencoded; charset=UTF-8"
    assert Client().post("/admin/login/", b"username=a", content_type=kind).status_code == 200
