"""Everything that the apps have registered: what an event model is built from."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType
from typing import Any

from django.apps import apps as installed
from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from apps.eventlog import events, folding, inline
from apps.eventlog.automations import Automation
from apps.eventlog.commands import Command
from apps.eventlog.events import Event
from apps.eventlog.projections import Projection
from apps.eventlog.screens import Screen
from apps.eventlog.specifications import AnySpecification
from apps.eventlog.translations import Translation
from apps.eventmodel.model import Kind
from apps.eventmodel.tracing import used

OURS = "apps."
STAFF = "Staff"


@dataclass(frozen=True)
class Table:
    """A kept table: which read model it is a part of, and which events change it."""

    model: type[Model]
    keeper: str  # the projection's name, or the table's own when it is kept inline
    events: tuple[type[Event], ...]

    @property
    def name(self) -> str:
        return self.model._meta.label


@dataclass(frozen=True)
class Trigger:
    """What issues commands and looks at read models: a screen, an automation, another system."""

    kind: Kind
    name: str
    actor: str  # of a screen; the name of another system
    code: Any
    parts: tuple[object, ...]  # what its code uses
    address: str = ""

    def uses(self, value: object) -> bool:
        return value in self.parts


@dataclass(frozen=True)
class Specified:
    """A specification, with the module of its slice and its title there."""

    module: str  # "booking.hold_seats"
    says: str  # what the module's docstring says of the slice
    title: str
    data: AnySpecification


@dataclass(frozen=True)
class Sources:
    events: tuple[type[Event], ...] = ()
    commands: tuple[type[Command], ...] = ()
    tables: tuple[Table, ...] = ()
    folds: dict[str, folding.Fold] = field(default_factory=dict)
    triggers: tuple[Trigger, ...] = ()
    specified: tuple[Specified, ...] = ()
    layers: tuple[str, ...] = ()  # apps, each after those that it knows


def of_the_apps() -> Sources:
    addresses = dict(_addresses(get_resolver().url_patterns))  # so that all views are imported
    return Sources(
        events=tuple(cls for cls in events.types.values() if is_ours(cls)),
        commands=tuple(_commands()),
        tables=tuple(_tables()),
        folds={name: fold for name, fold in folding.by_name.items() if is_ours(fold)},
        triggers=(*_screens(addresses), *_admins(), *_translations(), *_automations()),
        specified=tuple(_specified()),
        layers=tuple(config.label for config in reversed([*installed.get_app_configs()])),
    )


def is_ours(value: object) -> bool:
    return getattr(value, "__module__", "").startswith(OURS)


def app_of(value: object) -> str:
    """`booking` for anything that is defined in apps.booking."""
    return str(getattr(value, "__module__", "")).removeprefix(OURS).partition(".")[0]


def is_part(value: object) -> bool:
    """What a trace ends at: the parts of a model, and their helpers in the log."""
    if isinstance(value, Projection):
        return True
    if inspect.isclass(value):
        return issubclass(value, Command | Event | Model)
    return value in folding.by_name.values()


def is_followed(value: object) -> bool:
    ours = inspect.isfunction(value) or inspect.isclass(value)
    return ours and is_ours(value) and app_of(value) != "eventlog"


parts_of = partial(used, within=is_followed, leaf=is_part)


def _modules(folder: str) -> Iterator[ModuleType]:
    """The modules of that folder of every app."""
    for config in installed.get_app_configs():
        if config.name.startswith(OURS) and config.module is not None:
            for found in pkgutil.iter_modules([f"{config.path}/{folder}"]):
                yield importlib.import_module(f"{config.name}.{folder}.{found.name}")


def _commands() -> Iterator[type[Command]]:
    for module in _modules("commands"):
        classes = (value for value in vars(module).values() if inspect.isclass(value))
        for cls in classes:
            if issubclass(cls, Command) and cls.__module__ == module.__name__:
                yield cls


def _specified() -> Iterator[Specified]:
    for module in _modules("specs"):
        name = module.__name__.removeprefix(OURS).replace(".specs.", ".")
        for title, data in getattr(module, "SPECIFICATIONS", {}).items():
            yield Specified(name, inspect.getdoc(module) or "", title, data)


def _tables() -> Iterator[Table]:
    for projection in Projection.all:
        for model in projection.models:
            if is_ours(model):
                yield Table(model, projection.name, tuple(_changing(projection, model)))
    for model, folds in inline.folds.items():
        if is_ours(model):
            yield Table(model, model._meta.label, tuple(folds))


def _changing(projection: Projection, model: type[Model]) -> Iterator[type[Event]]:
    for cls in projection.types:
        if any(model in parts_of(handler) for handler in projection.handlers(cls)):
            yield cls


def _screens(addresses: Mapping[Any, str]) -> Iterator[Trigger]:
    for each in Screen.all:
        if is_ours(each.view):
            view = inspect.unwrap(each.view)
            parts = tuple(parts_of(view))
            yield Trigger(Kind.SCREEN, each.name, each.actor, view, parts, addresses.get(view, ""))


def _admins() -> Iterator[Trigger]:
    """Each model that staff look at in the admin, and add to by its form."""
    for model, site in admin.site._registry.items():
        if is_ours(site):
            name = f"Admin: {model._meta.verbose_name_plural}"
            address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            parts = (model, *parts_of(type(site)))
            yield Trigger(Kind.SCREEN, name, STAFF, type(site), parts, address)


def _translations() -> Iterator[Trigger]:
    for each in Translation.all:
        parts = tuple(parts_of(each.translate))
        yield Trigger(Kind.OUTSIDE, each.name, each.outside, each.translate, parts)


def _automations() -> Iterator[Trigger]:
    for each in Automation.all:
        if app_of(each.act) != "eventlog":  # its housekeeping issues no command
            parts = tuple(parts_of(each.act))
            yield Trigger(Kind.AUTOMATION, each.name, "", each.act, parts)


def _addresses(patterns: list[Any], before: str = "/") -> Iterator[tuple[Any, str]]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield inspect.unwrap(pattern.callback), here
