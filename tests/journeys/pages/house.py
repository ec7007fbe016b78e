"""A cinema in which every page has something to show. Nothing happens in it by itself."""

from datetime import datetime, timedelta

import msgspec
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from apps.booking.events import HoldExpired, HoldPinned, HoldUnpinned, SeatsHeld, SeatsSold
from apps.booking.specs.examples import on_sale
from apps.booking.visitors import COOKIE
from apps.catalog.specs.examples import auditorium_added, movie_added
from apps.checkout.events import (
    OrderPlaced,
    PaymentDeclined,
    PaymentReceived,
    PaymentRefunded,
    RefundDue,
    Ticket,
    TicketsIssued,
)
from apps.checkout.models import SandboxSession
from apps.eventlog.events import Event
from apps.eventlog.projections import catch_up_all
from tests.history import tell

DAY = timedelta(days=1)
TICKETS = Ticket("B1", "7KQ4-M2XD"), Ticket("B2", "PB6T-Q3ZA")


class House:
    """Where the pages are, when there is something on, and how to come as somebody."""

    def __init__(self, url: str, noon: datetime) -> None:
        self.url = url
        self.day, self.quiet_day = (f"{day:%Y-%m-%d}" for day in (noon, noon + DAY))
        self.visitor = _signed(COOKIE, "ann")
        self.manager = _session(User.objects.create_superuser("manager"))
        self.helper = _session(User.objects.create_user("helper", is_staff=True))


def _session(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {"sessionid": client.cookies["sessionid"].value}


def _signed(name: str, value: str) -> dict[str, str]:
    response = HttpResponse()
    response.set_signed_cookie(name, value)
    return {name: response.cookies[name].value}


def noon_of_tomorrow() -> datetime:
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return noon + DAY


def fill(noon: datetime) -> None:
    birds = msgspec.structs.replace(movie_added("mov2", "concrete-birds"), title="Concrete Birds")
    tell(auditorium_added("a1", "Attic"), movie_added("mov1"), birds)
    for screening, hours in ("s1", 2), ("s2", 8), ("s3", 50):
        starts = on_sale(noon + timedelta(hours=hours))
        tell(msgspec.structs.replace(starts, screening=screening, movie="mov1"))
    crowd = tuple(f"{row}{number}" for row in "AB" for number in range(1, 11))
    tell(SeatsHeld("s2", "crowd", "crowd", crowd, (), noon + DAY))
    tell(SeatsHeld("s1", "ann", "ann", ("A9", "A10"), (), noon + DAY))
    tell(*_ordered("paying", "A1", noon))
    tell(*_ordered("paid", "A2", noon), PaymentReceived("paid", 950))
    tell(*_ordered("refused", "A3", noon), *_declined("refused", "A3", "declined"))
    tell(*_ordered("again", "A4", noon), *_declined("again", "A4", "declined"))
    tell(HoldPinned("s1", "again", "again", ("A4",), payment="paying"))
    tell(*_ordered("unanswered", "A5", noon), *_declined("unanswered", "A5", "expired"))
    tell(HoldExpired("s1", "unanswered", "unanswered", ("A5",)))
    tell(*_ordered("due", "A6", noon), *_lost("due", "gone"))
    tell(*_ordered("back", "A7", noon), *_lost("back", "another amount"))
    tell(PaymentRefunded("back", 950))
    tell(*_ordered("ticket", "B1", noon, "B2"))
    tell(SeatsSold("s1", "ticket", "ticket", ("B1", "B2"), payment="ticket"))
    tell(PaymentReceived("ticket", 1900), TicketsIssued("ticket", TICKETS))
    for order, state in ("paying", "open"), ("due", "expired"):
        SandboxSession.objects.create(order=order, amount=950, about={}, state=state)
    catch_up_all()


def _ordered(order: str, seat: str, noon: datetime, *more: str) -> tuple[Event, ...]:
    """Its hold and its visitor have the order's name, too."""
    seats, until = (seat, *more), noon + DAY
    placed = OrderPlaced(order, "s1", order, order, seats, "c1", 950 * len(seats), until)
    return (
        SeatsHeld("s1", order, order, seats, (), until),
        placed,
        HoldPinned("s1", order, order, seats, payment=order),
    )


def _declined(order: str, seat: str, reason: str) -> tuple[Event, ...]:
    return (
        HoldUnpinned("s1", order, order, (seat,), payment=order),
        PaymentDeclined(order, reason),
    )


def _lost(order: str, reason: str) -> tuple[Event, ...]:
    return PaymentReceived(order, 950), RefundDue(order, 950, reason)
