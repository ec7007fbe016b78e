"""A believable cinema, filled through commands alone: films, rooms, a week on sale, seats sold."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Literal, NamedTuple, TextIO
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.booking.commands.hold_seats import HoldSeats
from apps.catalog.commands.add_auditorium import AddAuditorium
from apps.catalog.commands.add_movie import AddMovie
from apps.catalog.commands.schedule_screening import ScheduleScreening
from apps.checkout.automations import hand_out_tickets
from apps.checkout.commands.place_order import PlaceOrder
from apps.checkout.commands.receive_payment import ReceivePayment
from apps.checkout.models import Customer
from apps.eventlog import clock
from apps.eventlog.commands import Command
from apps.eventlog.handling import handle
from apps.eventlog.projections import catch_up_all
from cinema_site.demo_audience import parties
from cinema_site.demo_cinema import FILMS, ROOMS, Room
from cinema_site.demo_showing import shown

DAYS = 7
OPENS, LAST_START = time(11), time(22, 30)
EVENING = 17  # o'clock: dearer, and fuller
CUSTOMER = "demo"  # who bought all that is sold
TRAILERS = 15  # minutes
BETWEEN = timedelta(minutes=20)  # to clean, and to let people in


class Screening(NamedTuple):
    id: str
    room: Room
    starts: datetime
    price: int

    @property
    def in_the_evening(self) -> bool:
        return self.starts.hour >= EVENING


def fill(now: datetime | None = None, out: TextIO = sys.stdout) -> None:
    """Fill an empty cinema as of `now` (the database's clock), the same way for the same `now`."""
    now = timezone.localtime(now or clock.now())
    _wait_for_the_disk("off")  # thousands of small commits
    Customer.objects.get_or_create(id=CUSTOMER, name="A moviegoer", email="guest@example.org")
    add_films()
    add_rooms()
    screenings = [screening for room in ROOMS for screening in schedule(room, now)]
    sold = sum(sell(screening, share) for screening, share in how_full(screenings, now))
    catch_up_all()
    hand_out_tickets(clock.now())
    _wait_for_the_disk("on")
    catch_up_all()  # whose last commit makes all earlier ones durable
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the first visitors would meet plans made for empty tables
    until = now + timedelta(days=DAYS - 1)
    out.write(
        f"{len(FILMS)} films, {len(ROOMS)} auditoriums, {len(screenings)} screenings until"
        f" {until:%A}, {sold} seats sold.\n"
    )


def _wait_for_the_disk(mode: Literal["on", "off"]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET synchronous_commit TO {mode}")


def issue(command: Command, *key: str, actor: str = "automation:demo") -> None:
    handle(command, command_id=f"demo:{':'.join(key)}", actor=actor)


def demo_id(*key: str) -> str:
    return uuid5(NAMESPACE_URL, f"demo:{':'.join(key)}").hex


def add_films() -> None:
    for film in FILMS:
        command = AddMovie(movie=demo_id("movie", film.slug), **film._asdict())
        issue(command, "movie", film.slug)


def add_rooms() -> None:
    for room in ROOMS:
        auditorium = demo_id("auditorium", room.name)
        issue(AddAuditorium(auditorium, room.name, room.plan), "auditorium", room.name)


def schedule(room: Room, now: datetime) -> Iterator[Screening]:
    """A week of screenings. Today's start after `now`, with one at once late in the evening."""
    auditorium, free, turn = demo_id("auditorium", room.name), now, 0
    for day in (now.date() + timedelta(days=n) for n in range(DAYS)):
        starts = _first_start(room, max(_at(day, OPENS), _next_slot(free)))
        while starts <= _at(day, LAST_START) or _last_chance(starts, day, now):
            film = FILMS[room.films[turn % len(room.films)]]
            name = demo_id("screening", room.name, starts.isoformat())
            minutes = film.minutes + TRAILERS
            price = room.price if starts.hour >= EVENING else room.price - 200
            movie = demo_id("movie", film.slug)
            command = ScheduleScreening(
                name,
                movie,
                auditorium,
                starts,
                minutes,
                price,
                *shown(film, room.name, starts.hour),
            )
            issue(command, "screening", name)
            yield Screening(name, room, starts, price)
            turn, free = turn + 1, starts + timedelta(minutes=minutes) + BETWEEN
            starts = _next_slot(free)


def _first_start(room: Room, opened: datetime) -> datetime:
    starts = opened + timedelta(minutes=room.later)
    return starts if starts <= _at(opened.date(), LAST_START) else opened


def _at(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _next_slot(free: datetime) -> datetime:
    """The next full five minutes, with two in hand."""
    free += timedelta(minutes=7)
    return free.replace(minute=free.minute // 5 * 5, second=0, microsecond=0)


def _last_chance(starts: datetime, day: date, now: datetime) -> bool:
    return day == now.date() == starts.date() and starts - now < timedelta(minutes=10)


def how_full(screenings: list[Screening], now: datetime) -> Iterator[tuple[Screening, float]]:
    """Each screening with the share of its seats to sell: evenings and the next days more."""
    sold_out = _first_evening(screenings, "Attic")
    nearly_full = _first_evening(screenings, "Balcony")
    for screening in screenings:
        chance, days_off = Random(screening.id), (screening.starts.date() - now.date()).days
        share = chance.uniform(0.05, 0.22) + (0.17 if screening.in_the_evening else 0)
        share = max(0.05, share - 0.03 * days_off)
        if screening in (sold_out, nearly_full):
            share = 1 if screening == sold_out else 0.95
        yield screening, share


def _first_evening(screenings: list[Screening], room: str) -> Screening:
    evenings = (each for each in screenings if each.room.name == room and each.in_the_evening)
    return min(evenings, key=lambda screening: screening.starts)


def sell(screening: Screening, share: float) -> int:
    """Sell about that share to parties that sit together; answers how many seats went."""
    sold = 0
    for seats in parties(screening.room.plan, share, Random(screening.id)):
        buy(screening, seats)
        sold += len(seats)
    return sold


def buy(screening: Screening, seats: tuple[str, ...]) -> None:
    """One party's way: hold the seats, go to the bank, and pay."""
    key = (screening.id, seats[0])
    visitor, hold, order = (demo_id(what, *key) for what in ("visitor", "hold", "order"))
    price, actor = screening.price * len(seats), f"visitor:{visitor}"
    held = HoldSeats(screening.id, visitor, hold, seats, lasts=settings.HOLD_LASTS)
    placed = PlaceOrder(
        order, screening.id, hold, visitor, seats, customer=CUSTOMER, lasts=settings.PAYMENT_LASTS
    )
    issue(held, "hold", *key, actor=actor)
    issue(placed, "order", *key, actor=actor)
    issue(ReceivePayment(order, screening.id, hold, seats, price), "payment", *key, actor="bank")
