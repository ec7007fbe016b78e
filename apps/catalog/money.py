"""The one place where money turns into text."""

from django.conf import settings

SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}


def show(cents: int) -> str:
    """An amount in minor units as moviegoers read it: "€9.50", "−€9.50", "CHF 9.50"."""
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{_currency()}{whole:,}.{rest:02}"


def _currency() -> str:
    code: str = settings.CURRENCY
    return SYMBOLS.get(code, f"{code} ")
