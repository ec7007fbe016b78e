"""What a customer sees of an order: its tickets, or where its money is, and what to do next."""

from collections.abc import Callable
from functools import partial

from apps.booking.specs.examples import END, expired, held, on_sale, released
from apps.catalog.specs.examples import movie_added
from apps.checkout.pages import OrderPage, order_page
from apps.checkout.specs.examples import (
    BOTH,
    SHOWING,
    TICKETS,
    declined,
    issued,
    pinned,
    placed,
    received,
    refund_due,
    refunded,
    sold,
    unpinned,
)
from apps.eventlog.events import Event
from apps.eventlog.specifications import WhenRead, given


def ordered(*events: Event) -> WhenRead:
    """The page after these events, which follow on the way to the bank."""
    began = (movie_added("m1"), on_sale(), held(*BOTH), placed(), pinned())
    return given(*began, *events).when_read(order_page, "o1")


page: Callable[..., OrderPage] = partial(OrderPage, "o1", SHOWING, BOTH, 1900)
GONE = (declined("expired"), unpinned(), expired(*BOTH), received(), refund_due())
TOO_LITTLE = (received(1), refund_due(1, "another amount"), unpinned())

SPECIFICATIONS = {
    "the bank is thinking": ordered().then_shows(page("paying", hold="open", until=END)),
    "the money is there, the tickets follow": ordered(received(), sold()).then_shows(page("paid")),
    "the tickets, one a seat": ordered(received(), sold(), issued()).then_shows(
        page("ticketed", tickets=TICKETS)
    ),
    "the bank said no, the seats wait for another try": ordered(declined(), unpinned()).then_shows(
        page("declined", "declined", hold="open", until=END)
    ),
    "the bank did not answer in time, and the seats are gone": ordered(
        declined("expired"), unpinned(), expired(*BOTH)
    ).then_shows(page("declined", "expired", hold="gone")),
    "the bank said no, and the seats were let go": ordered(
        declined(), unpinned(), released(*BOTH)
    ).then_shows(page("declined", "declined", hold="gone")),
    "another try is at the bank": ordered(declined(), unpinned(), pinned("o2")).then_shows(
        page("declined", "declined", hold="again", other="o2")
    ),
    "another try has bought the seats": ordered(
        declined(), unpinned(), pinned("o2"), sold("o2")
    ).then_shows(page("declined", "declined", hold="sold", other="o2")),
    "late money for seats that are gone is on its way back": ordered(*GONE).then_shows(
        page("refund_due", "gone")
    ),
    "another amount than was asked for is on its way back": ordered(*TOO_LITTLE).then_shows(
        OrderPage("o1", SHOWING, BOTH, 1, "refund_due", "another amount", hold="open", until=END)
    ),
    "the money is back": ordered(*GONE, refunded()).then_shows(page("refunded", "gone")),
}
