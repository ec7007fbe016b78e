"""handle(HoldSeats) against what a Django view usually does: lock the screening, look, write.

Its tables are its own; what it leaves out (plans, one hold a visitor, repeats, who saw what) makes
it faster. Its connection is kept open, as ours; its statements are sent as Django sends them unless
told otherwise: values put in by the client, nothing prepared.
"""

from collections.abc import Iterator
from functools import cache
from uuid import uuid4

from django.db import connection, connections, models, transaction
from django.utils import timezone

from apps.booking.commands.hold_seats import HoldSeats
from apps.eventlog.commands import Rejected
from benchmarks.cinema import (
    GROUPS,
    LASTS,
    OPENING,
    SCREENINGS,
    SEATS,
    SHAPES,
    screening_id,
    seats_of,
)
from benchmarks.comparing import Row, compare_rates
from benchmarks.crew import crew
from benchmarks.loading import analyze
from benchmarks.ours import USED, holding

TARGET = 5.0
ROUNDS = 9  # readings of one machine and one code were 4.9 to 5.8 with five
SOLD_OUT = USED // 2 // GROUPS


class Screening(models.Model):
    objects: "models.Manager[Screening]" = models.Manager()

    id = models.CharField(max_length=32, primary_key=True)
    starts = models.DateTimeField()
    seats_left = models.IntegerField()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return self.id


class Hold(models.Model):
    objects: "models.Manager[Hold]" = models.Manager()

    id = models.UUIDField(primary_key=True, default=uuid4)
    screening = models.ForeignKey(Screening, models.CASCADE)
    visitor = models.CharField(max_length=32)
    until = models.DateTimeField()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return str(self.id)


class HoldSeat(models.Model):
    objects: "models.Manager[HoldSeat]" = models.Manager()

    hold = models.ForeignKey(Hold, models.CASCADE)
    screening = models.ForeignKey(Screening, models.CASCADE)
    seat = models.CharField(max_length=4)

    class Meta:
        app_label = "benchmarks"
        indexes = [models.Index("screening", "seat", name="bench_seat")]

    def __str__(self) -> str:
        return self.seat


def hold(command: HoldSeats) -> None:
    """Like the view's body: the wish comes in, None or a refusal goes out."""
    use_djangos_defaults()
    now = timezone.now()
    with transaction.atomic():
        screening = Screening.objects.select_for_update().get(pk=command.screening)
        if screening.starts <= now:
            raise Rejected("This screening has begun.")
        wanted = HoldSeat.objects.filter(screening=screening, seat__in=command.seats)
        if taken := wanted.filter(hold__until__gt=now).values_list("seat", flat=True):
            raise Rejected(f"Just taken: {', '.join(taken)}.")
        hold = Hold.objects.create(screening=screening, visitor=command.visitor, until=now + LASTS)
        for seat in command.seats:
            HoldSeat.objects.create(hold=hold, screening=screening, seat=seat)
        screening.seats_left -= len(command.seats)
        screening.save()


@cache
def use_djangos_defaults() -> None:
    """For this process, which does nothing else, and before it connects."""
    for name in ("server_side_binding", "prepare_threshold"):
        connections.settings["default"]["OPTIONS"].pop(name, None)


def rows() -> Iterator[Row]:
    for shape in SHAPES:
        with holding(shape) as (ours, url):
            put_on_sale()
            with crew("benchmarks.plain_view.hold", shape, url) as theirs:
                name = f"hold 3 seats, holds/s, {shape.name}: Django view, select_for_update"
                yield compare_rates(name, ours.rate, theirs.rate, TARGET, ROUNDS)


def put_on_sale() -> None:
    with connection.schema_editor() as schema:
        for model in (Screening, Hold, HoldSeat):
            schema.create_model(model)
    Screening.objects.bulk_create(
        Screening(id=screening_id(number), starts=OPENING, seats_left=len(SEATS))
        for number in range(SCREENINGS + SOLD_OUT)
    )
    # It too has been in use: as many holds as our log tells of.
    for number in range(SCREENINGS, SCREENINGS + SOLD_OUT):
        sell_out(screening_id(number))
    analyze()


def sell_out(screening: str) -> None:
    until = timezone.now() + LASTS
    holds = [Hold(screening_id=screening, visitor="0" * 32, until=until) for _ in range(GROUPS)]
    Hold.objects.bulk_create(holds)
    HoldSeat.objects.bulk_create(
        HoldSeat(hold=hold, screening_id=screening, seat=seat)
        for group, hold in enumerate(holds)
        for seat in seats_of(group)
    )
