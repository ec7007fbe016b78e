"""Tags name what an event is about; a tag's kind says how deciding by it is guarded."""

from dataclasses import dataclass

import msgspec

declared: dict[str, bool] = {}  # every name, and whether it is guarding


class Tag(msgspec.Struct, frozen=True, order=True):
    """One tag as it is stored, `seat:42/A7`, and whether its kind is guarding."""

    text: str
    guarding: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class TagKind:
    """Makes tags of one name: `Seat("42", "A7")` is the tag `seat:42/A7`."""

    name: str
    guarding: bool

    def __call__(self, *parts: str) -> Tag:
        text = "/".join(parts)
        if not all(parts) or text.count("/") >= len(parts) or "\x00" in text:
            raise ValueError(f"not the parts of a {self.name} tag: {parts!r}")
        return Tag(f"{self.name}:{text}", self.guarding)


def gathering(name: str) -> TagKind:
    """Many may write such a tag side by side; who decides by it waits for them, and they for it."""
    return _declare(name, guarding=False)


def guarding(name: str) -> TagKind:
    """Many may decide by such a tag side by side; who writes it waits for them, and they for it."""
    return _declare(name, guarding=True)


def _declare(name: str, *, guarding: bool) -> TagKind:
    # A kind can never change: writers of the old one and deciders of the new would not meet.
    if declared.setdefault(name, guarding) != guarding:
        raise ValueError(f"the tag {name!r} is already declared with the other kind")
    return TagKind(name, guarding)
