"""Old events stay as they were written, and are read in today's shape."""

from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from apps.checkout.models import SandboxSession
from apps.eventlog import events
from apps.eventlog.commands import Boundary, Command, History, Item
from apps.eventlog.events import Event, event, upcaster
from apps.eventlog.handling import handle
from apps.eventlog.looking import look
from apps.eventlog.projections import Projection
from apps.eventlog.reading import Reader
from apps.eventlog.tags import Tag, gathering

Shelf = gathering("test-shelf")
OLDEST, OLDER = "test.PriceSet", "test.PriceSetInCents"


class PriceAgreed(Event, frozen=True):
    shelf: str
    amount: int
    currency: str

    def tags(self) -> tuple[Tag, ...]:
        return (Shelf(self.shelf),)


class Unrelated(Event, frozen=True):
    shelf: str

    def tags(self) -> tuple[Tag, ...]:
        return (Shelf(self.shelf),)


@pytest.fixture(autouse=True)
def shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three releases, each with a shape of its own for the same fact."""
    for registry in ("types", "_names", "_lifts"):
        monkeypatch.setattr(events, registry, dict(getattr(events, registry)))
    event("test.Unrelated")(Unrelated)
    event("test.PriceAgreed")(PriceAgreed)

    @upcaster(OLDER, "test.PriceAgreed")
    def name_the_currency(data: dict[str, Any]) -> dict[str, Any]:
        return {"shelf": data["shelf"], "amount": data["cents"], "currency": "EUR"}

    @upcaster(OLDEST, OLDER)
    def count_cents(data: dict[str, Any]) -> dict[str, Any]:
        return {"shelf": data["shelf"], "cents": round(float(data["price"]) * 100)}


@pytest.fixture
def history(database: str) -> None:
    """Written by the three releases, one after the other."""
    with connection.cursor() as cursor:
        for name, data in [
            (OLDEST, '{"shelf": "a", "price": "9.50"}'),
            (OLDER, '{"shelf": "b", "cents": 1200}'),
            ("test.Unrelated", '{"shelf": "a"}'),
            ("test.PriceAgreed", '{"shelf": "c", "amount": 800, "currency": "SEK"}'),
        ]:
            cursor.execute(
                "INSERT INTO eventlog_event (type, tags, data, metadata)"
                " VALUES (%s, '{test-shelf:all}', %s, '{}')",
                [name, data],
            )


AGREED = [PriceAgreed("a", 950, "EUR"), PriceAgreed("b", 1200, "EUR"), PriceAgreed("c", 800, "SEK")]


@pytest.mark.usefixtures("history")
def test_a_reader_of_todays_type_gets_all_its_shapes() -> None:
    read = [event for _, event in Reader(0, [PriceAgreed]).read()]
    assert read == [*AGREED[:2], None, AGREED[2]]


class Agree(Command, frozen=True):
    """Looks at prices alone, whatever they were called when they were stored."""

    def boundary(self) -> Boundary:
        return (Item((Shelf("all"),), (PriceAgreed,)),)

    def decide(self, history: History, now: datetime) -> list[Event]:
        assert list(history) == AGREED
        return [PriceAgreed("d", 1, "EUR")]


@pytest.mark.usefixtures("history")
def test_a_decision_sees_them_and_counts_them() -> None:
    assert look(Agree().boundary()).history == AGREED
    assert handle(Agree(), command_id="wish-1", actor="test") == 5


@pytest.mark.usefixtures("history")
def test_a_search_by_todays_name_finds_them() -> None:
    out = StringIO()
    call_command("events", "--type", "test.PriceAgreed", stdout=out)
    assert [line.split()[0] for line in out.getvalue().splitlines()] == ["1", "2", "4"]


@pytest.fixture
def prices() -> Iterator[Projection]:
    """Into a table that no read model of ours uses."""
    projection = Projection("test.prices", SandboxSession)

    @projection.on(PriceAgreed)
    def note(event: PriceAgreed, position: int) -> None:
        about = {"currency": event.currency}
        SandboxSession.objects.create(order=event.shelf, amount=event.amount, about=about)

    yield projection
    Projection.all.remove(projection)


@pytest.mark.usefixtures("history")
def test_a_read_model_is_rebuilt_from_them(prices: Projection) -> None:
    prices.catch_up()
    assert noted() == AGREED
    SandboxSession.objects.update(amount=0)
    call_command("rebuild", "test.prices", verbosity=0)
    assert noted() == AGREED


def noted() -> list[PriceAgreed]:
    rows = SandboxSession.objects.order_by("order")
    return [PriceAgreed(row.order, row.amount, row.about["currency"]) for row in rows]


def test_a_name_has_one_shape() -> None:
    for taken in (OLDEST, "test.PriceAgreed"):
        with pytest.raises(ValueError, match="has a shape already"):
            upcaster(taken, OLDER)(dict)


def test_a_name_that_nobody_knows_is_no_event() -> None:
    with pytest.raises(KeyError):
        events.decode("test.NeverHeardOf", b"{}")
