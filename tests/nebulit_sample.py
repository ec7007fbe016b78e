"""An event model made by hand, of real commands and events, for the export's tests."""

from apps.booking.automations import expire_holds
from apps.booking.commands.expire_hold import ExpireHold
from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.events import HoldExpired, SeatsHeld
from apps.booking.folds import Holds
from apps.booking.specs.examples import LASTS, expired, held, on_sale
from apps.catalog.events import ScreeningScheduled
from apps.eventlog.specifications import PAST, AnySpecification, given
from apps.eventmodel.model import (
    Arrow,
    BoundaryTag,
    Box,
    Field,
    Kind,
    Model,
    Pattern,
    Slice,
    Told,
)

RUNS = "booking.expire_holds"
HOLD = HoldSeats("s1", "ann", "h1", ("A7",), LASTS)


def box(kind: Kind, name: str, *fields: Field, code: object = None, actor: str = "") -> Box:
    app, _, title = name.rpartition(".")
    return Box(f"{kind} {name}", kind, name, title, app, actor, fields, code=code)


def told(title: str, data: AnySpecification) -> Told:
    return Told(f"booking: {title}", title, (), (), (), False, data)


SCHEDULED = box(Kind.EVENT, "catalog.ScreeningScheduled", code=ScreeningScheduled)
SEAT_MAP = box(Kind.SCREEN, "Seat map @ hold", actor="Moviegoer")
HOLD_SEATS = box(Kind.COMMAND, "booking.HoldSeats", code=HoldSeats)
SEATS_HELD = box(
    Kind.EVENT,
    "booking.SeatsHeld",
    Field("hold", "str", ("new id",)),
    Field("seats", "tuple[str, ...]", ("command booking.HoldSeats",)),
    Field("until", "datetime", ("clock", "setting HOLD_LASTS")),
    code=SeatsHeld,
)
OPEN_HOLDS = box(Kind.READ_MODEL, "booking.OpenHold", Field("hold", "str", ("hold",)))
HOLDS = box(Kind.READ_MODEL, "booking.holds", Field("lasts", "timedelta", ()), code=Holds)
EXPIRES = box(Kind.AUTOMATION, RUNS, code=expire_holds)
EXPIRE = box(Kind.COMMAND, "booking.ExpireHold", code=ExpireHold)
EXPIRED = box(Kind.EVENT, "booking.HoldExpired", code=HoldExpired)
BANK = box(Kind.OUTSIDE, "checkout.bank_notice", actor="Bank")
DECLINE = box(Kind.COMMAND, "checkout.DeclinePayment")

SAMPLE = Model(
    slices=(
        Slice(
            name="booking.hold_seats",
            title="Hold seats",
            app="booking",
            pattern=Pattern.CHANGE,
            says="",
            boxes=(SCHEDULED, SEAT_MAP, HOLD_SEATS, SEATS_HELD),
            boundary=(BoundaryTag("seat:<screening>/<seat>", guarding=False),),
            specifications=(
                told("one seat", given(on_sale()).when(HOLD).then(held("A7"))),
                told("again", given(on_sale(), held("A7")).when(HOLD).then_nothing()),
                told(
                    "taken", given(on_sale(), held("A7", by="bob")).when(HOLD).then_rejected("No.")
                ),
            ),
        ),
        Slice(
            name="booking.open_holds",
            title="Open holds",
            app="booking",
            pattern=Pattern.VIEW,
            says="",
            boxes=(OPEN_HOLDS, HOLDS),
            specifications=(
                told("a hold", given(held("A7")).then_shows("booking.OpenHold", {"hold": "h1"})),
                told("none", given().then_shows("booking.OpenHold")),
                told("folded", given(held("A7")).when_read(Holds).then_shows({"lasts": LASTS})),
            ),
        ),
        Slice(
            name="booking.expire_holds",
            title="Expire holds",
            app="booking",
            pattern=Pattern.AUTOMATION,
            says="",
            boxes=(EXPIRES, EXPIRE, EXPIRED),
            specifications=(
                told("the end", given(held("A7", until=PAST)).when_runs(RUNS).then(expired("A7"))),
            ),
        ),
        Slice(
            name="checkout.bank_notice",
            title="Bank notice",
            app="checkout",
            pattern=Pattern.TRANSLATION,
            says="",
            boxes=(BANK, DECLINE),
        ),
    ),
    arrows=tuple(
        Arrow(source.key, target.key)
        for source, target in (
            (SEAT_MAP, HOLD_SEATS),
            (HOLD_SEATS, SEATS_HELD),
            (SEATS_HELD, OPEN_HOLDS),
            (OPEN_HOLDS, EXPIRES),
            (EXPIRES, EXPIRE),
            (EXPIRE, EXPIRED),
            (EXPIRED, OPEN_HOLDS),
            (BANK, DECLINE),
        )
    ),
)
