"""Every specification of every app: given events, when a command or automation, then events."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import apps
from apps.booking.specs.examples import held, on_sale
from apps.booking.specs.hold_seats import hold
from apps.eventlog import clock
from apps.eventlog.automations import Automation
from apps.eventlog.commands import Command
from apps.eventlog.projections import catch_up_all
from apps.eventlog.reading import Reader
from apps.eventlog.specifications import AutomationSpecification, Specification, given
from tests.history import tell

type Titled[S] = Iterator[tuple[str, S]]


def _specifications[S](kind: type[S]) -> Titled[S]:
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if ".specs." in module.name:
            found = getattr(importlib.import_module(module.name), "SPECIFICATIONS", {})
            slice_ = module.name.removeprefix("apps.").replace(".specs.", ".")
            for title, spec in found.items():
                if isinstance(spec, kind):
                    yield f"{slice_}: {title}", spec


def _params[S](kind: type[S]) -> list[object]:
    return [pytest.param(spec, id=title) for title, spec in _specifications(kind)]


@pytest.mark.parametrize("spec", _params(Specification))
def test_command(spec: Specification) -> None:
    spec.check()


@pytest.mark.parametrize("spec", _params(AutomationSpecification))
def test_automation(database: str, spec: AutomationSpecification) -> None:
    position = tell(*spec.given)
    catch_up_all()
    automation = next(each for each in Automation.all if each.name == spec.runs)
    for _ in range(2):  # the second run finds its read model as it was, and must add nothing
        automation.act(clock.now())
    added = Reader(after=position).read()
    assert tuple(event for _, event in added) == spec.then


def test_every_command_and_automation_is_specified() -> None:
    decided = {type(spec.when) for _, spec in _specifications(Specification)}
    run = {spec.runs for _, spec in _specifications(AutomationSpecification)}
    assert set(_commands()) <= decided
    assert {each.name for each in Automation.all} - {"eventlog.forget_receipts"} <= run


def _commands() -> Iterator[type[Command]]:
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if ".commands." in module.name:
            for value in vars(importlib.import_module(module.name)).values():
                if getattr(value, "__module__", "") == module.name and hasattr(value, "decide"):
                    yield value


def test_an_event_outside_the_boundary_is_no_history() -> None:
    """What a command cannot see cannot be what it decided on: one of the two is wrong."""
    unseen = given(on_sale(), held("B1", by="bob")).when(hold("A7")).then(held("A7"))
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
