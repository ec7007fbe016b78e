"""Read models that are never stored: folded from the log each time that a page asks.

    @folded("checkout.order_page")
    def order_page(history: History, now: datetime, order: str) -> OrderPage:
        ...

Pure, like a decision: `history` is what the page's look at the log showed, `now` its clock.
"""

from collections.abc import Callable

type Fold = Callable[..., object]  # (history, now, …)

by_name: dict[str, Fold] = {}


def folded[F: Fold](name: str) -> Callable[[F], F]:
    """Register a fold as the read model of that name."""

    def register(function: F) -> F:
        if name in by_name:
            raise ValueError(f"two read models are named {name!r}")
        by_name[name] = function
        return function

    return register
