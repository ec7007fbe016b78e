"""A visitor without a browser, and what happens around it."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from apps.booking.commands.hold_seats import HoldSeats
from apps.checkout.models import SandboxSession
from apps.checkout.translations import Notice, translate
from apps.eventlog.handling import handle
from apps.eventlog.projections import catch_up_all
from apps.seatmap.lapsed import COOKIE

BANK = re.compile(r"/bank/(\w+)/$")


class Visitor:
    """At one screening, in one language. Forms need no token, but for the old one."""

    def __init__(self, screening: str, language: str) -> None:
        self.language = language
        self.client = self._client()
        self.screening = screening
        self.map = f"/screenings/{screening}/"
        self.checkout = f"{self.map}checkout/"

    def _client(self, strict: bool = False) -> Client:
        headers = {"Accept-Language": self.language}
        return Client(strict, SERVER_NAME="127.0.0.1", headers=headers)

    @property
    def id(self) -> str:
        return self.client.cookies["visitor"].value.split(":")[0]

    def get(self, path: str) -> str:
        return page(self.client.get(path, follow=True))

    def wish(self, verb: str, *seats: str, **fields: str) -> str:
        """Press seats on the map: the page that answers."""
        wish = {"seats": seats, "command": str(uuid4()), **fields}
        return page(self.client.post(f"{self.map}{verb}/", wish, follow=True))

    def sends_an_old_form(self) -> str:
        return page(self._client(strict=True).post(self.checkout))

    def order(self) -> str:
        """Go to the bank with all that is held: the order's name."""
        fields = {"command": str(uuid4()), "name": "Mira", "email": "mira@example.org"}
        response: Any = self.client.post(self.checkout, fields)
        found = BANK.search(response["Location"])
        assert found
        return found[1]

    def hold_lapses(self, seat: str) -> None:
        """One that the clock has ended already, and that the browser remembers."""
        hold = HoldSeats(self.screening, self.id, uuid4().hex, (seat,), timedelta(milliseconds=1))
        handle(hold, command_id=f"audit:{uuid4()}", actor=f"visitor:{self.id}")
        catch_up_all()
        self.client.cookies[COOKIE] = seat


def page(response: Any) -> str:
    html: str = response.content.decode()
    return html


def bank_says(order: str, state: str) -> None:
    """The bank's answer, and its notice."""
    SandboxSession.objects.filter(order=order).update(state=state)
    assert translate(Notice(id=f"{state}-{order}", order=order))
    catch_up_all()
