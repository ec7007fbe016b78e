"""The event model as data: what the picture shows, the checks look at and the export says.

Built from the code by `discovery.py`; nothing here is written by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from apps.eventlog.specifications import AnySpecification


class Pattern(StrEnum):
    CHANGE = "state change"
    VIEW = "state view"
    AUTOMATION = "automation"
    TRANSLATION = "translation"


class Kind(StrEnum):
    SCREEN = "screen"  # an actor looks at it, and asks for something
    OUTSIDE = "outside"  # another system, whose words are translated
    AUTOMATION = "automation"
    COMMAND = "command"
    READ_MODEL = "read model"
    EVENT = "event"


@dataclass(frozen=True)
class Field:
    """One field, and where it comes from: `screen Seat map`, `event booking.SeatsHeld`, `clock` …

    Without an origin the model is incomplete, and `checks.py` says so.
    """

    name: str
    type: str  # as one would write it: `tuple[str, ...]`
    origins: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """One box of the picture. An event, a command or a read model has one; a screen one a slice."""

    key: str  # unique: "command booking.HoldSeats", "screen Seat map @ booking.hold_seats"
    kind: Kind
    name: str  # unique within its kind: "booking.HoldSeats", "booking.SeatsHeld", "Seat map"
    title: str  # what is written on it: "HoldSeats", "SeatsHeld", "Open holds"
    app: str
    actor: str = ""  # of a screen: who looks at it; of an outside system: its name
    fields: tuple[Field, ...] = ()
    example: tuple[tuple[str, str], ...] = ()  # field and value, as text
    schema: str = ""  # of an event: its JSON schema
    code: Any = field(default=None, compare=False)  # the class or function that it is drawn from


@dataclass(frozen=True)
class Arrow:
    """`source` feeds `target`: keys of boxes."""

    source: str
    target: str


@dataclass(frozen=True)
class BoundaryTag:
    """A tag that a command decides by, as in its example: `seat:s1/A7`; and how it is guarded."""

    name: str
    guarding: bool


@dataclass(frozen=True)
class Told:
    """One specification of a slice. Its texts are one line a fact, without the words given etc."""

    id: str  # "booking.hold_seats: the first seat opens a hold", as the tests call it
    title: str
    given: tuple[str, ...]
    when: tuple[str, ...]  # of a read model: nothing
    then: tuple[str, ...]
    rejected: bool
    data: AnySpecification = field(compare=False)
    outcome: str = ""  # of a command or automation: "HoldExpired, SeatsHeld", "nothing"


@dataclass(frozen=True)
class Slice:
    """One column: one pattern, with the boxes that are drawn in it."""

    name: str  # "booking.hold_seats": where its specifications are, and its address
    title: str  # "Hold seats"
    app: str
    pattern: Pattern
    says: str  # one sentence on what it is for
    boxes: tuple[Box, ...]
    boundary: tuple[BoundaryTag, ...] = ()
    looks_at: tuple[str, ...] = ()  # keys of the events that its commands decide by
    specifications: tuple[Told, ...] = ()

    def of(self, *kinds: Kind) -> Iterator[Box]:
        return (box for box in self.boxes if box.kind in kinds)


@dataclass(frozen=True)
class Model:
    """Slices in an order in which they can happen; arrows between their boxes."""

    slices: tuple[Slice, ...]
    arrows: tuple[Arrow, ...]
    unplaced: tuple[Box, ...] = ()  # events that nothing writes, so that no slice has them

    def boxes(self) -> Iterator[Box]:
        return (box for each in self.slices for box in each.boxes)

    def of(self, *kinds: Kind) -> Iterator[Box]:
        return (box for box in self.boxes() if box.kind in kinds)
