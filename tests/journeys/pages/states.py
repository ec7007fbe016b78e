"""A walk through every page outside the seat map, and through each state that it can be in."""

import re
from collections.abc import Callable, Iterator

from django.db import connection
from playwright.sync_api import Page, expect

from tests.journeys.pages.house import House

SEND_EMPTY = "form => { form.noValidate = true; form.requestSubmit(); }"


type Walk = Callable[[House, Page], Iterator[str]]  # the name of each state, while `page` is in it


def programme(house: House, page: Page) -> Iterator[str]:
    page.goto(f"{house.url}/?day={house.day}")
    yield "programme"
    page.goto(f"{house.url}/?q=salt")
    yield "programme-search"
    page.goto(f"{house.url}/?day={house.quiet_day}")
    yield "programme-quiet-day"
    page.goto(f"{house.url}/?day={house.day}&format=3D&time=late")
    yield "programme-no-match"
    page.route("**/?*", lambda route: route.abort())
    page.locator("#pick-format").select_option("2D")
    expect(page.locator("#find .notice")).to_be_visible()
    page.unroute("**/?*")
    yield "programme-unreachable"
    page.goto(f"{house.url}/?day=never")
    yield "programme-no-such-day"
    page.goto(f"{house.url}/movies/the-salt-meridian/")
    yield "movie"
    page.goto(f"{house.url}/movies/concrete-birds/")
    yield "movie-not-on-sale"


def buying(house: House, page: Page) -> Iterator[str]:
    come_as(house, page, house.visitor)
    page.goto(f"{house.url}/screenings/s1/")
    expect(page.locator(".room:not([data-stale])[data-live]")).to_be_attached()
    yield "map"
    page.goto(f"{house.url}/screenings/s1/checkout/?declined")
    yield "checkout-declined"
    page.goto(f"{house.url}/screenings/s1/checkout/")
    yield "checkout"
    page.locator("form.split").evaluate(SEND_EMPTY)
    name, wrong = page.locator("#id_name"), page.locator("#id_name_error")
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description(wrong.inner_text())
    expect(page).to_have_title(re.compile("^(Error|Fehler): "))
    yield "checkout-errors"
    page.goto(f"{house.url}/bank/paying/")
    yield "bank"
    page.goto(f"{house.url}/bank/due/")
    yield "bank-late"
    page.context.clear_cookies()
    page.locator("button").first.click()
    yield "form-grown-old"


def orders(house: House, page: Page) -> Iterator[str]:
    names = "paying", "paid", "ticket", "refused", "again", "unanswered", "due", "back"
    for order in names:
        page.goto(f"{house.url}/orders/{order}/")
        yield order if order == "ticket" else f"order-{order}"


def developers(house: House, page: Page) -> Iterator[str]:
    page.goto(f"{house.url}/event-model/", timeout=60_000)  # the first look takes a moment
    yield "event-model"
    page.locator(".guide summary").click()
    page.locator("[name=event]").select_option(label="SeatsSold")
    yield "event-model-followed"
    page.goto(f"{house.url}/event-model/booking.hold_seats/")
    yield "slice"


def staff(house: House, page: Page) -> Iterator[str]:
    page.goto(f"{house.url}/admin/")
    yield "admin-login"
    page.locator("#login-form").evaluate(SEND_EMPTY)
    expect(page.locator(".errornote")).to_be_visible()
    yield "admin-login-errors"
    come_as(house, page, house.helper)
    page.goto(f"{house.url}/admin/catalog/movie/add/")
    yield "forbidden"
    come_as(house, page, house.manager)
    page.goto(f"{house.url}/admin/")
    yield "admin"
    page.goto(f"{house.url}/admin/catalog/screening/")
    yield "admin-list"
    page.goto(f"{house.url}/admin/catalog/auditorium/a1/change/")
    yield "admin-auditorium"
    page.goto(f"{house.url}/admin/catalog/auditorium/add/")
    page.locator("#content-main form").evaluate(SEND_EMPTY)
    expect(page.locator(".errornote")).to_be_visible()
    yield "admin-form-errors"
    page.goto(f"{house.url}/admin/catalog/screening/add/")
    yield "admin-form"


def refusals(house: House, page: Page) -> Iterator[str]:
    page.goto(f"{house.url}/nowhere/")
    yield "not-found"
    page.locator(".xray-switch").click()
    expect(page.locator(".xray-line")).to_have_text("live")
    yield "x-ray"
    page.locator(".xray-switch").click()
    page.goto(f"{house.url}/?q=%00")
    yield "not-read"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE programme_movie RENAME TO away")
        page.goto(f"{house.url}/movies/the-salt-meridian/")
        cursor.execute("ALTER TABLE away RENAME TO programme_movie")
    yield "our-fault"


def come_as(house: House, page: Page, cookies: dict[str, str]) -> None:
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": name, "value": value, "url": house.url} for name, value in cookies.items()]
    )


WALKS: list[Walk] = [programme, buying, orders, developers, staff, refusals]
