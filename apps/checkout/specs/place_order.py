"""Place an order: for one's own open hold, whole and once at a time."""

from datetime import timedelta

from apps.booking.specs.examples import END, held, on_sale
from apps.checkout.commands.place_order import PlaceOrder
from apps.checkout.specs.examples import BOTH, pinned, placed, sold, unpinned
from apps.eventlog.specifications import NOON, given


def place(*seats: str, order: str = "o1", by: str = "ann") -> PlaceOrder:
    return PlaceOrder(order, "s1", "h1", by, seats, "c1", timedelta(minutes=10))


RAN_OUT = "Your hold ran out, so the seats are free again. Pick them once more?"

SPECIFICATIONS = {
    "an open hold": given(on_sale(), held(*BOTH)).when(place(*BOTH)).then(placed(), pinned()),
    "once more after the bank said no": given(on_sale(), held(*BOTH), pinned("o0"), unpinned("o0"))
    .when(place(*BOTH), at=NOON + timedelta(minutes=9))
    .then(placed(at=NOON + timedelta(minutes=9)), pinned()),
    "while another payment is under way": given(on_sale(), held(*BOTH), pinned("o0"))
    .when(place(*BOTH))
    .then_rejected("A payment for these seats is under way already."),
    "a hold that ran out": given(on_sale(), held(*BOTH))
    .when(place(*BOTH), at=END)
    .then_rejected(RAN_OUT),
    "a hold that is sold": given(on_sale(), held(*BOTH), pinned("o0"), sold("o0"))
    .when(place(*BOTH))
    .then_rejected(RAN_OUT),
    "someone else's hold": given(on_sale(), held(*BOTH, by="bob"))
    .when(place(*BOTH))
    .then_rejected(RAN_OUT),
    "a hold that grew in another window": given(on_sale(), held(*BOTH), held("A9", earlier=BOTH))
    .when(place(*BOTH))
    .then_rejected("Your seats have changed in another window. Reload the page to see them."),
    "a screening that has begun": given(on_sale(starts=NOON), held(*BOTH))
    .when(place(*BOTH))
    .then_rejected("This screening has begun, so its seats are no longer sold online."),
}
