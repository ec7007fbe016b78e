"""What checkout's pages show, folded from what they see of the log. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from apps.booking.folds import Holds, HoldState
from apps.catalog.events import MovieAdded, ScreeningScheduled
from apps.checkout.events import Ticket
from apps.checkout.folds import order_of
from apps.eventlog.commands import History
from apps.eventlog.folding import folded
from apps.eventlog.origins import origin


@dataclass(frozen=True)
class Showing:
    """A screening as a customer knows it, with the address of its movie's poster."""

    screening: str
    title: str
    slug: str
    auditorium_name: str
    starts: datetime


Shown = Annotated[Showing, origin("screening", "title", "slug", "auditorium_name", "starts")]
# Who pays for a hold tells its state; for one that nobody pays for, the clock does.
State = Annotated[str, origin("until", "payment", "clock")]


@dataclass(frozen=True)
class Basket:
    """What a visitor holds at a screening, and how far it is paid for."""

    screening: Shown
    price: int  # of a seat, in cents
    state: State = "empty"  # then "open", "paying", "sold"
    hold: str = ""
    seats: tuple[str, ...] = ()
    until: datetime | None = None
    order: Annotated[str, origin("payment")] = ""  # that is at the bank with it, or has bought it

    @property
    def total(self) -> int:
        return self.price * len(self.seats)


@folded("checkout.basket")
def basket(history: History, now: datetime, visitor: str) -> Basket:
    """What the visitor may pay for, is paying for, or has bought.

    The history is that of a screening, its movie, and the visitor there.
    """
    screening, price = _showing(history), _scheduled(history).price
    hold = Holds(history).last_of(visitor)
    if hold is None or not (hold.payment or hold.open(now)):
        return Basket(screening, price)
    return Basket(
        screening,
        price,
        "sold" if hold.sold else "paying" if hold.payment else "open",
        hold=hold.hold,
        seats=hold.seats,
        until=hold.until,
        order=hold.payment or "",
    )


@dataclass(frozen=True)
class OrderPage:
    """Where an order stands, and whether its seats can still be had when it came to nothing."""

    order: str
    screening: Shown
    seats: tuple[str, ...]
    total: Annotated[int, origin("amount")]  # cents: what came in, before that what is to come
    state: Annotated[str, origin("event's name")] = "paying"  # as in folds.OrderState
    reason: str = ""
    tickets: tuple[Ticket, ...] = ()
    # What became of its hold: "open", by another order at the bank "again" or "sold", or "gone".
    hold: State = "gone"
    other: Annotated[str, origin("payment")] = ""  # that other order
    until: datetime | None = None  # how long it is open


@folded("checkout.order_page")
def order_page(history: History, now: datetime, order: str) -> OrderPage:
    """Where the order stands, and what can be done about it. Rejected when there is none.

    The history is that of the order, its hold, its screening and its movie.
    """
    state = order_of(history, order)
    hold = Holds(history).get(state.placed.hold)
    fate = _fate(hold, order, now)
    return OrderPage(
        order,
        _showing(history),
        state.placed.seats,
        state.amount or state.placed.amount,
        state.state,
        state.reason,
        state.tickets,
        hold=fate,
        other=hold.payment or "" if hold and fate in ("again", "sold") else "",
        until=hold.until if hold and fate == "open" else None,
    )


def _fate(hold: HoldState | None, order: str, now: datetime) -> str:
    if hold is None:
        return "gone"
    if hold.payment not in (None, order):
        return "sold" if hold.sold else "again"
    return "open" if hold.open(now) else "gone"


def _showing(history: History) -> Showing:
    screening = _scheduled(history)
    movie = next(event for event in history if isinstance(event, MovieAdded))
    return Showing(
        screening.screening,
        screening.title,
        movie.slug,
        screening.auditorium_name,
        screening.starts,
    )


def _scheduled(history: History) -> ScreeningScheduled:
    return next(event for event in history if isinstance(event, ScreeningScheduled))
