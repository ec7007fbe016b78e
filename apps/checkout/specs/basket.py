"""What a visitor is about to pay for at a screening, or is paying for, or has bought."""

from datetime import timedelta

from apps.booking.specs.examples import END, expired, held, on_sale, released
from apps.catalog.specs.examples import movie_added
from apps.checkout.pages import Basket, basket
from apps.checkout.specs.examples import BOTH, SHOWING, pinned, sold, unpinned
from apps.eventlog.events import Event
from apps.eventlog.specifications import NOON, WhenRead, given

EMPTY = Basket(SHOWING, price=950)


def anns(*events: Event, at: timedelta = timedelta()) -> WhenRead:
    """Her basket after these events."""
    return given(movie_added("m1"), on_sale(), *events).when_read(basket, "ann", at=NOON + at)


def of(*seats: str, state: str, order: str = "") -> Basket:
    return Basket(SHOWING, 950, state, hold="h1", seats=seats, until=END, order=order)


SPECIFICATIONS = {
    "held seats may be paid for until their time is up": anns(held(*BOTH)).then_shows(
        of(*BOTH, state="open")
    ),
    "who holds no seat has nothing to pay for": anns().then_shows(EMPTY),
    "seats whose time is up are not for sale any more": anns(
        held(*BOTH), at=timedelta(minutes=10)
    ).then_shows(EMPTY),
    "nor are seats of a hold that has expired": anns(held(*BOTH), expired(*BOTH)).then_shows(EMPTY),
    "what was let go need not be paid": anns(
        held(*BOTH), released("A8", remaining=("A7",))
    ).then_shows(of("A7", state="open")),
    "a payment is under way, also past the hold's end": anns(
        held(*BOTH), pinned(), at=timedelta(minutes=11)
    ).then_shows(of(*BOTH, state="paying", order="o1")),
    "after a payment that failed there may be another": anns(
        held(*BOTH), pinned(), unpinned()
    ).then_shows(of(*BOTH, state="open")),
    "what is bought names its order": anns(held(*BOTH), pinned(), sold()).then_shows(
        of(*BOTH, state="sold", order="o1")
    ),
}
