"""Event models made by hand, for the drawing's tests: a small one, and one of any size."""

from collections.abc import Sequence

from apps.eventlog.specifications import AutomationSpecification
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

DATA = AutomationSpecification((), "sample", ())
SEATS = (("screening", "s1"), ("seats", "A7, A8"), ("hold", "h1"), ("visitor", "ann"))


def small() -> Model:
    """Eight slices of two apps: every pattern, every kind of box, a loop back to the left."""
    slices = (
        _change("catalog.schedule", "Schedule screening", "Planner", ("Scheduled",), actor="Staff"),
        _view("booking.seat_map", "Seat map", "SeatMap", "Seat map"),
        _change("booking.hold_seats", "Hold seats", "Seat map", ("SeatsHeld", "HoldExpired"), 24),
        _view("booking.open_holds", "Open holds", "OpenHolds", ""),
        _automation("booking.expire_holds", "Expire holds"),
        _command("booking.expire_hold", "Expire hold", "ExpireHold", ()),
        _translation("checkout.receive", "Receive payment", "ReceivePayment"),
        _change(
            "checkout.receive_payment",
            "Take the payment that the bank reports",
            "",
            ("PaymentReceived", "RefundDue", "booking.SeatsSold"),
            3,
        ),
    )
    model = Model(slices, ())
    feeds = [
        ("Scheduled", "SeatMap"),
        *((event, "SeatMap") for event in ("SeatsHeld", "HoldExpired", "SeatsSold")),
        *((event, "OpenHolds") for event in ("SeatsHeld", "HoldExpired", "SeatsSold")),
        ("OpenHolds", "Expire holds"),
        ("Expire holds", "ExpireHold"),
        ("ExpireHold", "HoldExpired"),
        ("Receive payment", "ReceivePayment2"),
    ]
    by_title = {box.title: box.key for box in model.boxes() if box.kind is not Kind.SCREEN}
    by_title["ReceivePayment2"] = "command checkout.receive_payment"
    far = tuple(Arrow(by_title[source], by_title[target]) for source, target in feeds)
    return Model(slices, (*_inside(slices), *far))


def large(slices: int = 60) -> Model:
    """A synthetic model of five apps; its read models look at events before and after them."""
    apps = ("catalog", "booking", "checkout", "loyalty", "kitchen")
    made: list[Slice] = []
    for number in range(slices):
        app = apps[number * len(apps) // slices] if number % 3 else apps[number % len(apps)]
        made.append(_of_turn(number, f"{app}.slice_{number}"))
    arrows = [*_inside(made), *_across(made)]
    return Model(tuple(made), tuple(dict.fromkeys(arrows)))


def _of_turn(number: int, name: str) -> Slice:
    title = f"Slice {number} of many"
    match number % 4:
        case 0:
            return _change(name, title, "Screen", (f"Event{number}A", f"Event{number}B"), number)
        case 1:
            return _view(name, title, f"ReadModel{number}", "Screen", columns=2 + number % 9)
        case 2:
            return _automation(name, title)
        case _:
            return _command(name, title, f"Command{number}", (f"Event{number}",))


def _across(slices: Sequence[Slice]) -> list[Arrow]:
    """Every read model follows four events, two before and two after it; automations ask it."""
    events = [box for each in slices for box in each.of(Kind.EVENT)]
    arrows: list[Arrow] = []
    for number, each in enumerate(slices):
        for box in each.of(Kind.READ_MODEL):
            near = [events[(number * 7 // 10 + step) % len(events)] for step in (-9, -2, 1, 5)]
            arrows += [Arrow(event.key, box.key) for event in near]
            machine = next(slices[(number + 1) % len(slices)].of(Kind.AUTOMATION), None)
            arrows += [Arrow(box.key, machine.key)] if machine else []
        for box in each.of(Kind.AUTOMATION):
            command = next(slices[(number + 1) % len(slices)].of(Kind.COMMAND), None)
            arrows += [Arrow(box.key, command.key)] if command else []
    return arrows


def _inside(slices: Sequence[Slice]) -> list[Arrow]:
    """The arrows within a slice: down from the screen to the events, up from a read model."""
    arrows: list[Arrow] = []
    for each in slices:
        commands = list(each.of(Kind.COMMAND))
        for command in commands:
            asks = each.of(Kind.SCREEN, Kind.AUTOMATION)
            arrows += [Arrow(box.key, command.key) for box in asks]
            arrows += [Arrow(command.key, event.key) for event in each.of(Kind.EVENT)]
        for outside in each.of(Kind.OUTSIDE):
            arrows += [Arrow(outside.key, box.key) for box in each.of(Kind.AUTOMATION)]
        for table in each.of(Kind.READ_MODEL):
            arrows += [Arrow(table.key, screen.key) for screen in each.of(Kind.SCREEN)]
    return arrows


def _change(
    name: str,
    title: str,
    screen: str,
    events: tuple[str, ...],
    specifications: int = 2,
    *,
    actor: str = "Moviegoer",
) -> Slice:
    boxes = (
        *([_screen(name, screen, actor)] if screen else []),
        _box(Kind.COMMAND, name, title.title().replace(" ", ""), SEATS * 2),
        *(_event(name, event) for event in events),
    )
    return _slice(name, title, Pattern.CHANGE, boxes, specifications)


def _command(name: str, title: str, command: str, events: tuple[str, ...]) -> Slice:
    boxes = (_box(Kind.COMMAND, name, command, SEATS), *(_event(name, each) for each in events))
    return _slice(name, title, Pattern.CHANGE, boxes, 5)


def _view(name: str, title: str, table: str, screen: str, columns: int = 5) -> Slice:
    rows = tuple((f"column_{number}", f"value {number}") for number in range(columns))
    boxes = (
        _box(Kind.READ_MODEL, name, table, rows),
        *([_screen(name, screen, "Moviegoer")] if screen else []),
    )
    return _slice(name, title, Pattern.VIEW, boxes, 3)


def _automation(name: str, title: str) -> Slice:
    boxes = (_box(Kind.AUTOMATION, name, title, (("until", "2030-06-01 12:10"),)),)
    return _slice(name, title, Pattern.AUTOMATION, boxes, 2)


def _translation(name: str, title: str, command: str) -> Slice:
    app = name.split(".")[0]
    bank = Box(f"outside {name}", Kind.OUTSIDE, "Bank", "Bank", app, "Bank", example=SEATS[:2])
    boxes = (bank, _box(Kind.AUTOMATION, name, title, ()), _box(Kind.COMMAND, name, command, SEATS))
    return _slice(name, title, Pattern.TRANSLATION, boxes, 1)


def _screen(slice_name: str, name: str, actor: str) -> Box:
    key, app = f"screen {name} @ {slice_name}", slice_name.split(".")[0]
    return Box(key, Kind.SCREEN, name, name, app, actor, example=(("seat", "A7"), ("price", "12")))


def _event(slice_name: str, name: str) -> Box:
    app = name.split(".")[0] if "." in name else slice_name.split(".")[0]
    title = name.split(".")[-1]
    key = f"event {app}.{title}"
    schema = '{"type": "object"}'
    return Box(key, Kind.EVENT, f"{app}.{title}", title, app, example=SEATS, schema=schema)


def _box(kind: Kind, name: str, title: str, example: tuple[tuple[str, str], ...]) -> Box:
    fields = tuple(Field(field, "str", ("clock",)) for field, _ in example)
    app = name.split(".")[0]
    return Box(f"{kind} {name}", kind, name, title, app, fields=fields, example=example)


def _slice(
    name: str, title: str, pattern: Pattern, boxes: tuple[Box, ...], specifications: int
) -> Slice:
    commands = any(box.kind is Kind.COMMAND for box in boxes)
    boundary = (
        BoundaryTag("screening:<screening>", guarding=False),
        BoundaryTag("seat:<screening>/<seat>", guarding=True),
    )
    return Slice(
        name,
        title,
        name.split(".")[0],
        pattern,
        f"What {title.lower()} is for, in one sentence that may be a bit too long for a line.",
        boxes,
        boundary if commands else (),
        specifications=tuple(_told(name, number) for number in range(specifications)),
    )


def _told(name: str, number: int) -> Told:
    refused = number % 3 == 2
    title = f"a rule numbered {number} that reads like a sentence"
    given = ("ScreeningScheduled s1, at noon", "SeatsHeld A7 by bob, until 12:10")
    then = ("A7 went to someone else a moment ago.",) if refused else ("SeatsHeld A7, A8",)
    return Told(f"{name}: {title}", title, given, ("HoldSeats A7, A8",), then, refused, DATA)
