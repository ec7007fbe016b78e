"""The JSON in which Nebulit's event modeling tools exchange models, as far as we write it.

Described anew from github.com/dilgerma/event-modeling-spec. Unknown names are refused, so decoding
an export into a `Document` is a strict check of its shape. A name without a default is one that the
tools ask for; a default is left out.
"""

from typing import Literal

import msgspec

type ElementType = Literal["COMMAND", "EVENT", "READMODEL", "SCREEN", "AUTOMATION"]
type SliceType = Literal["STATE_CHANGE", "STATE_VIEW", "AUTOMATION"]
type StepType = Literal["SPEC_EVENT", "SPEC_COMMAND", "SPEC_READMODEL", "SPEC_ERROR"]
type FieldType = Literal[
    "String", "Boolean", "Double", "Decimal", "Long", "Custom", "Date", "DateTime", "UUID", "Int"
]
type Direction = Literal["INBOUND", "OUTBOUND"]


class Shape(
    msgspec.Struct,
    frozen=True,
    rename="camel",
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """What all of them have in common."""


class Field(Shape, frozen=True, kw_only=True):
    name: str
    type: FieldType
    example: str = ""
    mapping: str = ""  # where its value comes from
    optional: bool = False
    generated: bool = False
    id_attribute: bool = False
    schema: str = ""  # of a Custom one: its type as we write it
    cardinality: Literal["List", "Single"] = "Single"


class Dependency(Shape, frozen=True, kw_only=True):
    """An arrow, as one of its ends sees it: `id` is the element at the other end."""

    id: str
    type: Direction
    title: str
    element_type: ElementType


class Element(Shape, frozen=True, kw_only=True):
    id: str
    group_id: str = ""  # the same for one screen in several slices
    title: str
    type: ElementType
    description: str = ""
    slice: str = ""  # its title
    model_context: str = ""
    context: Literal["INTERNAL", "EXTERNAL"] = "INTERNAL"
    tags: tuple[str, ...] = ()
    fields: tuple[Field, ...]
    dependencies: tuple[Dependency, ...]
    api_endpoint: str = ""


class Step(Shape, frozen=True, kw_only=True):
    id: str
    index: int
    title: str
    type: StepType
    linked_id: str = ""  # the element that it is an example of; a refusal has none
    fields: tuple[Field, ...] = ()
    expect_empty_list: bool = False


class Comment(Shape, frozen=True, kw_only=True):
    description: str


class Specification(Shape, frozen=True, kw_only=True):
    id: str
    slice_name: str = ""
    title: str
    linked_id: str  # the element that it specifies
    given: tuple[Step, ...]
    when: tuple[Step, ...]
    then: tuple[Step, ...]
    comments: tuple[Comment, ...] = ()


class Actor(Shape, frozen=True, kw_only=True):
    name: str
    auth_required: bool


class Table(Shape, frozen=True, kw_only=True):
    id: str
    title: str
    fields: tuple[Field, ...]


class Slice(Shape, frozen=True, kw_only=True):
    id: str
    index: int
    title: str
    context: str
    slice_type: SliceType
    status: Literal["", "Created", "Done", "InProgress"] = ""
    commands: tuple[Element, ...]
    events: tuple[Element, ...]
    readmodels: tuple[Element, ...]
    screens: tuple[Element, ...]
    processors: tuple[Element, ...]
    tables: tuple[Table, ...]
    specifications: tuple[Specification, ...]
    actors: tuple[Actor, ...]


class Document(Shape, frozen=True, kw_only=True):
    slices: tuple[Slice, ...]
