"""Translations: what another system says, as commands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

type Translate = Callable[..., Any]


@dataclass(frozen=True)
class Translation:
    """`translate` turns a message of the `outside` system into commands."""

    all: ClassVar[list["Translation"]] = []

    name: str
    outside: str
    translate: Translate


def translation[T: Translate](name: str, *, outside: str) -> Callable[[T], T]:
    def register(translate: T) -> T:
        Translation.all.append(Translation(name, outside, translate))
        return translate

    return register
