"""Screens: where people see read models and ask for commands. Which ones, the views' code tells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

type View = Callable[..., Any]


@dataclass(frozen=True)
class Screen:
    """A view, under the name of the screen that it shows or that posts to it."""

    all: ClassVar[list["Screen"]] = []

    name: str
    actor: str
    view: View


def screen[V: View](name: str, *, actor: str) -> Callable[[V], V]:
    """Register a view. Several of one name are one screen: a page, and what its forms post to."""

    def register(view: V) -> V:
        Screen.all.append(Screen(name, actor, view))
        return view

    return register
