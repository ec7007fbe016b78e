"""Money as moviegoers read it."""

import pytest
from django.template import Context, Template
from django.test import override_settings

from apps.catalog.money import show


@pytest.mark.parametrize(
    ("cents", "shown"),
    [
        (950, "€9.50"),
        (0, "€0.00"),
        (5, "€0.05"),
        (120_950, "€1,209.50"),
        (-950, "−€9.50"),
        (-5, "−€0.05"),
    ],
)
def test_shows_minor_units(cents: int, shown: str) -> None:
    with override_settings(CURRENCY="EUR"):
        assert show(cents) == shown


@pytest.mark.parametrize(
    ("currency", "shown"), [("GBP", "£9.50"), ("USD", "$9.50"), ("CHF", "CHF 9.50")]
)
def test_shows_other_currencies(currency: str, shown: str) -> None:
    with override_settings(CURRENCY=currency):
        assert show(950) == shown


def test_is_a_template_filter() -> None:
    template = Template("{% load money %}{{ cents|money }}")
    with override_settings(CURRENCY="EUR"):
        assert template.render(Context({"cents": 1900})) == "€19.00"
