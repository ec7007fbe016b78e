"""The one place where money turns into text."""

from decimal import Decimal

from django.conf import settings
from django.utils.formats import get_format, number_format

SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}


def show(cents: int) -> str:
    """An amount in minor units as moviegoers read it: "€9.50", "−€9.50", "9,50 €", "CHF 9.50"."""
    sign = "−" if cents < 0 else ""
    amount = number_format(Decimal(abs(cents)) / 100, decimal_pos=2, force_grouping=True)
    written: str = get_format("MONEY")
    return sign + written.format(amount=amount, symbol=_symbol()).strip()


def _symbol() -> str:
    code: str = settings.CURRENCY
    return SYMBOLS.get(code, f"{code} ")
