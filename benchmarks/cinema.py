"""A cinema of many screenings, and the wishes of its visitors: three free seats each."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from apps.booking.commands.hold_seats import HoldSeats
from apps.catalog.events import ScreeningScheduled

ROWS = "ABCDEFGHJKLMNPQRSTUV"
NUMBERS = range(1, 26)
PLAN = tuple(f"{row} {'#' * len(NUMBERS)}" for row in ROWS)
SEATS = [f"{row}{number}" for row in ROWS for number in NUMBERS]
GROUP = 3
GROUPS = len(SEATS) // GROUP  # the holds that one screening can take
SCREENINGS = 1000
OPENING = datetime(2100, 1, 1, tzinfo=UTC)
LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Shape:
    """How many write, and whether all at one screening.

    One Python process is bound to one core by its interpreter lock, so a deployment runs several,
    of several threads each: 16 writers are 4 processes of 4 threads.
    """

    name: str
    processes: int = 4
    threads: int = 4
    hot: bool = False
    clicks: bool = False  # a seat at a time, as visitors pick them on the map
    screenings: int = SCREENINGS

    @property
    def writers(self) -> int:
        return self.processes * self.threads


ONE = Shape("1 writer", processes=1, threads=1)
SPREAD = Shape("16 writers")
HOT = Shape("16 writers, one hot screening", hot=True)
SHAPES = (ONE, SPREAD, HOT)
AT_A_TIME = 100  # visitors who pick their seats in turns


def screening_id(number: int) -> str:
    return f"{1000 + number:032d}"


def scheduled(number: int) -> ScreeningScheduled:
    return ScreeningScheduled(
        screening=screening_id(number),
        movie="0" * 32,
        title="The Salt Meridian",
        auditorium="1" * 32,
        auditorium_name="Grand",
        plan=PLAN,
        starts=OPENING + timedelta(hours=3 * number),
        minutes=120,
        price=950,
        format="2D",
        language="Portuguese",
        subtitles="English",
    )


def seats_of(group: int) -> tuple[str, ...]:
    return tuple(SEATS[group * GROUP :][:GROUP])


def wish(nth: int, shape: Shape) -> HoldSeats:
    """The nth wish of all writers together. A sold out hot screening makes way for another."""
    if shape.clicks:
        return click(nth, shape)
    if shape.hot:
        number, group = divmod(nth, GROUPS)
    else:
        group, number = divmod(nth, shape.screenings)
    if number >= shape.screenings or group >= GROUPS:
        raise IndexError("the cinema is sold out: give it more screenings")
    return HoldSeats(screening_id(number), uuid4().hex, uuid4().hex, seats_of(group), LASTS)


def click(nth: int, shape: Shape) -> HoldSeats:
    """One of three by a visitor; whichever process is free takes the next."""
    turn, nth = divmod(nth, GROUP * AT_A_TIME)
    which, visitor = divmod(nth, AT_A_TIME)
    visitor += turn * AT_A_TIME
    group, number = divmod(visitor, shape.screenings)
    seats = seats_of(group)[which : which + 1]
    return HoldSeats(screening_id(number), f"{visitor:032d}", uuid4().hex, seats, LASTS)
