"""Every specification of every app, one test each; and that none is missing."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from django.db import ProgrammingError, connection
from pytest_django.plugin import DjangoDbBlocker

import apps
from apps.booking.specs.change_seats import change
from apps.booking.specs.examples import expired, held, on_sale
from apps.booking.specs.hold_seats import hold
from apps.eventlog import events, folding, inline
from apps.eventlog.automations import Automation
from apps.eventlog.commands import Command
from apps.eventlog.events import Event
from apps.eventlog.projections import Projection
from apps.eventlog.reading import Reader
from apps.eventlog.specifications import (
    PAST,
    AutomationSpecification,
    FoldSpecification,
    Specification,
    TableSpecification,
    given,
)
from apps.eventmodel.sources import parts_of
from tests import specified
from tests.conftest import administrator, use
from tests.history import tell
from tests.specified import check_automation, check_table, of_kind


def titled[S](kind: type[S]) -> pytest.MarkDecorator:
    """A test for each specification of this kind, named by its id and recorded under it."""
    params = [
        pytest.param(spec, id=id_, marks=pytest.mark.specification(id_))
        for id_, spec in of_kind(kind).items()
    ]
    return pytest.mark.parametrize("spec", params)


@pytest.fixture(scope="module")
def shared(
    postgres_url: str, copies: Callable[[], str], django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """One database for them all."""
    name = copies()
    with django_db_blocker.unblock():
        use(name)
        yield
        use("postgres")
    with administrator(postgres_url) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def emptied(shared: None) -> None:
    specified.empty()


@titled(Specification)
def test_command(spec: Specification) -> None:
    spec.check()


@titled(FoldSpecification)
def test_fold(spec: FoldSpecification) -> None:
    spec.check()


@titled(AutomationSpecification)
def test_automation(emptied: None, spec: AutomationSpecification) -> None:
    check_automation(spec)


@titled(TableSpecification)
def test_table(emptied: None, spec: TableSpecification) -> None:
    check_table(spec)


def test_every_command_and_automation_is_specified() -> None:
    decided = {type(spec.when) for spec in of_kind(Specification).values()}
    run = {spec.runs for spec in of_kind(AutomationSpecification).values()}
    assert set(_commands()) <= decided
    assert {each.name for each in Automation.all} - {"eventlog.forget_receipts"} <= run


def test_every_read_model_is_specified_with_every_event_that_it_handles() -> None:
    given_to = _events_given()
    for names, handled in _read_models():
        assert names <= given_to.keys()
        assert handled <= {cls for name in names for cls in given_to[name]}


def _events_given() -> dict[str, set[type[Event]]]:
    """By the read model that is to show them: the label of a table, the name of a fold."""
    names = {fold: name for name, fold in folding.by_name.items()}
    given_to = defaultdict[str, set[type[Event]]](set)
    for table in of_kind(TableSpecification).values():
        given_to[table.table] |= set(map(type, table.given))
    for fold in of_kind(FoldSpecification).values():
        given_to[names[fold.fold]] |= set(map(type, fold.given))
    return given_to


def _read_models() -> Iterator[tuple[set[str], set[type[Event]]]]:
    """What is kept or folded together, and the types of event that change it."""
    for projection in Projection.all:
        yield {model._meta.label for model in projection.models}, set(projection.types)
    for model, folds in inline.folds.items():
        yield {model._meta.label}, set(folds)
    for name, fold in folding.by_name.items():
        named = parts_of(fold)
        yield {name}, {cls for cls in events.types.values() if cls in named}


def _commands() -> Iterator[type[Command]]:
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if ".commands." in module.name:
            for value in vars(importlib.import_module(module.name)).values():
                if getattr(value, "__module__", "") == module.name and hasattr(value, "decide"):
                    yield value


OTHERS = given(on_sale(), held("B1", by="bob"))


@pytest.mark.parametrize(
    "unseen",
    [
        OTHERS.when(hold("A7")).then(held("A7")),
        OTHERS.when(change("A7", had=("A8",))).then(held("A7", hold="h2")),
    ],
    ids=["hold", "change"],
)
def test_an_event_outside_the_boundary_is_no_history(unseen: Specification) -> None:
    """What a command cannot see cannot be what it decided on: one of the two is wrong."""
    with pytest.raises(AssertionError, match="outside the boundary"):
        unseen.check()


def test_another_outcome_fails() -> None:
    for wrong in (
        given(on_sale()).when(hold("A7")).then_nothing(),
        given(on_sale()).when(hold("A7")).then_rejected("No."),
        given().when(hold("A7")).then(held("A7")),
        given().when(hold("A7")).then_rejected("No."),
    ):
        with pytest.raises(AssertionError, match="expected"):
            wrong.check()


RAN_OUT = given(held("A7", until=PAST)).when_runs("booking.expire_holds")


@pytest.mark.parametrize("wrong", [RAN_OUT.then_nothing(), RAN_OUT.then(expired("A8"))])
def test_another_addition_fails(emptied: None, wrong: AutomationSpecification) -> None:
    with pytest.raises(AssertionError, match="expected"):
        check_automation(wrong)


CLAIMED = given(held("A7", "A8"))


@pytest.mark.parametrize(
    "wrong",
    [
        CLAIMED.then_shows("booking.Claim", {"seat": "A7"}, {"seat": "A8", "hold": "h2"}),
        CLAIMED.then_shows("booking.Claim", {"seat": "A8"}, {"seat": "A7"}),
        CLAIMED.then_shows("booking.Claim", {"seat": "A7"}),
        CLAIMED.then_shows("booking.OpenHold"),
        given().then_shows("booking.OpenHold", {"hold": "h1"}),
    ],
    ids=["another value", "another order", "a row too few", "no row", "a row too many"],
)
def test_another_row_fails(emptied: None, wrong: TableSpecification) -> None:
    with pytest.raises(AssertionError, match="expected"):
        check_table(wrong)


def test_another_page_fails() -> None:
    wrong = given(held("A7")).when_read(lambda history, now: len(history)).then_shows(2)
    with pytest.raises(AssertionError, match="expected 2, not 1"):
        wrong.check()


def test_what_is_emptied_starts_anew_and_is_guarded_again(emptied: None) -> None:
    assert tell(held("A7")) == 1
    specified.empty()
    assert Reader(after=0).read() == []
    assert tell(held("A7")) == 1
    with pytest.raises(ProgrammingError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM eventlog_event")
