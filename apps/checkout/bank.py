"""What checkout needs of a payment provider. `settings.BANK` names the module that does it.

A session is the bank's own page for one payment, known by the order's id. The bank tells its end
by a signed webhook (see translations.py), and anybody may ask for it at any time.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Literal, Protocol, cast

from django.conf import settings

State = Literal["open", "paid", "declined", "expired"]


@dataclass(frozen=True)
class Session:
    """One payment at the bank. `about` comes back as it was given."""

    order: str
    amount: int  # cents
    state: State
    about: dict[str, str]


class Bank(Protocol):
    """Every call may be repeated: an order has one session, a refund one key."""

    def open_session(
        self, order: str, amount: int, about: dict[str, str], return_url: str, webhook_url: str
    ) -> str:
        """The address of the bank's page for this order."""

    def session(self, order: str) -> Session | None: ...

    def close_session(self, order: str) -> Session | None:
        """End an open session; one that was paid in time stays paid. None: there never was one."""

    def refund(self, order: str, amount: int, key: str) -> None: ...


def bank() -> Bank:
    return cast(Bank, import_module(settings.BANK))
