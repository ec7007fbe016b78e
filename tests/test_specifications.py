"""Every specification of every app: given events, when a command, then events or a rejection."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import apps
from apps.eventlog.specifications import Specification


def _specifications() -> Iterator[tuple[str, Specification]]:
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if ".specs." in module.name:
            found = getattr(importlib.import_module(module.name), "SPECIFICATIONS", {})
            slice_ = module.name.removeprefix("apps.").replace(".specs.", ".")
            yield from ((f"{slice_}: {title}", spec) for title, spec in found.items())


@pytest.mark.parametrize(
    "spec", [pytest.param(spec, id=title) for title, spec in _specifications()]
)
def test_specification(spec: Specification) -> None:
    spec.check()
