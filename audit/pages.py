"""Every page in every state that differs, as HTML: what a browser gets before any script runs."""

import re
from collections.abc import Iterator
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.views import defaults

from apps.checkout.automations import hand_out_tickets, refund
from apps.eventlog import clock
from apps.eventlog.projections import catch_up_all
from audit.cinema import House
from audit.visitors import Visitor, bank_says, page
from cinema_site.errors import our_fault

type Pages = Iterator[tuple[str, str]]  # name and HTML


def pages(house: House, language: str) -> Pages:
    for name, html in _all(house, language):
        assert f'<html lang="{language}"' in html, name
        yield f"{name} ({language})", html
    translation.deactivate()


def _all(house: House, language: str) -> Pages:
    screening = house.screenings[language]
    yield from finding(Visitor(screening, language), house)
    yield from choosing(Visitor(screening, language), Visitor(screening, language), house)
    yield from paying(Visitor(screening, language))
    yield from declined(Visitor(screening, language))
    yield from too_late(Visitor(screening, language))
    yield from going_wrong(Visitor(screening, language))
    yield from modelled(Visitor(screening, language))


def finding(visitor: Visitor, house: House) -> Pages:
    yield "programme", visitor.get("/")
    yield "another day", visitor.get(f"/?day={house.tomorrow}")
    yield "filtered", visitor.get(f"/?day={house.tomorrow}&format=IMAX&time=evening&accessible=1")
    yield "nothing passes the filters", visitor.get("/?format=70+mm&time=morning&subtitles=German")
    yield "empty day", visitor.get(f"/?day={house.empty_day}")
    yield "search", visitor.get("/?q=the")
    yield "nothing found", visitor.get("/?q=%22%3Cnothing%3E&language=Klingon")
    yield "movie", visitor.get(f"/movies/{house.movie}/")
    yield "movie without screenings", visitor.get(f"/movies/{house.unscheduled}/")


def choosing(visitor: Visitor, other: Visitor, house: House) -> Pages:
    yield "seat map", visitor.get(visitor.map)
    yield "big seat map", visitor.get(f"/screenings/{house.biggest}/")
    yield "sold out", visitor.get(f"/screenings/{house.sold_out}/")
    yield "begun", visitor.get(f"/screenings/{house.begun}/")
    other.get(other.map)
    other.wish("holds", "A2")
    yield "with a hold", visitor.wish("holds", "A4", "A5")
    yield "with a hint", visitor.wish("holds", "B2")
    yield "just taken", visitor.wish("holds", "A2", "A3")
    yield "kept for wheelchairs", visitor.wish("holds", "D2")
    yield "no wish", visitor.wish("holds")
    yield "not yours", visitor.wish("releases", "A2")
    yield "checkout", visitor.get(visitor.checkout)
    yield "unsigned", page(visitor.client.post(visitor.checkout, {"email": "mira"}))
    visitor.wish("releases", "A4", "A5", "B2")
    visitor.hold_lapses("B5")
    yield "hold ran out", visitor.get(visitor.checkout)
    yield "seat map after a hold ran out", visitor.get(visitor.map)
    yield "best seats", visitor.wish("best", count="3")
    yield "best seats in vain", visitor.wish("best", count="1")
    visitor.wish("releases", "C1", "C2", "C3")


def paying(visitor: Visitor) -> Pages:
    visitor.get(visitor.map)
    visitor.wish("holds", "C1", "C2")
    order = visitor.order()
    yield "bank", visitor.get(f"/bank/{order}/")
    yield "seat map while paying", visitor.get(visitor.map)
    yield "order at the bank", visitor.get(f"/orders/{order}/")
    bank_says(order, "paid")
    yield "order paid", visitor.get(f"/orders/{order}/")
    hand_out_tickets(clock.now())
    yield "tickets", visitor.get(f"/orders/{order}/")
    yield "seat map with own sold seats", visitor.get(visitor.map)


def declined(visitor: Visitor) -> Pages:
    visitor.get(visitor.map)
    visitor.wish("holds", "C4")
    first = visitor.order()
    bank_says(first, "declined")
    yield "order declined", visitor.get(f"/orders/{first}/")
    yield "checkout after no", visitor.get(f"{visitor.checkout}?declined")
    second = visitor.order()
    yield "order tried again", visitor.get(f"/orders/{first}/")
    bank_says(second, "paid")
    yield "order bought again", visitor.get(f"/orders/{first}/")


def too_late(visitor: Visitor) -> Pages:
    visitor.get(visitor.map)
    visitor.wish("holds", "C6")
    order = visitor.order()
    bank_says(order, "expired")
    yield "bank too late", visitor.get(f"/bank/{order}/")
    visitor.wish("releases", "C6")
    yield "order gone", visitor.get(f"/orders/{order}/")
    bank_says(order, "paid")
    yield "refund due", visitor.get(f"/orders/{order}/")
    refund(clock.now())
    catch_up_all()
    yield "refunded", visitor.get(f"/orders/{order}/")


def going_wrong(visitor: Visitor) -> Pages:
    yield "404", visitor.get("/nowhere/")
    yield "no such order", visitor.get(f"/orders/{uuid4().hex}/")
    yield "no such day", visitor.get("/?day=2026-02-30")
    yield "400", visitor.get("/?q=%00")
    yield "form grown old", visitor.sends_an_old_form()
    request = visitor.client.get("/").wsgi_request
    yield "403", page(defaults.permission_denied(request, PermissionDenied()))
    yield "500", page(our_fault(request))


def modelled(visitor: Visitor) -> Pages:
    """What developers read: in English, but for what stands around it."""
    picture = visitor.get("/event-model/")
    yield "event model", picture
    for path in sorted(set(re.findall(r'"(/event-model/[^"#?/]+/)"', picture))):
        yield f"slice {path}", visitor.get(path)
