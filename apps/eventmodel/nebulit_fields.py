"""Fields in Nebulit's words: types, cardinality, examples, and where a value comes from."""

import re
from collections.abc import Iterator, Mapping

from apps.eventlog import tags
from apps.eventmodel import nebulit_shape as shape
from apps.eventmodel.model import Box, Field

TYPES: dict[str, shape.FieldType] = {
    "str": "String",
    "bool": "Boolean",
    "int": "Long",  # Python's has no end, and the log's positions have 64 bits
    "float": "Double",
    "Decimal": "Decimal",
    "date": "Date",
    "datetime": "DateTime",
    "UUID": "UUID",
    # Columns
    "char": "String",
    "text": "String",
    "boolean": "Boolean",
    "integer": "Int",
    "biginteger": "Long",
    "decimal": "Decimal",
    "uuid": "UUID",
}
MANY = re.compile(
    r"tuple\[(?P<of>.+), \.\.\.\]|(?:list|set|frozenset|Sequence)\[(?P<in>.+)\]|(?P<array>.+)\[\]"
)
MADE_HERE = {"clock", "new id", "position"}


def fields_of(box: Box) -> Iterator[shape.Field]:
    """The box's fields with the examples that it has."""
    examples, keys = dict(box.example), _keys(box)
    for each in box.fields:
        yield _field(each, examples.get(each.name, ""), is_key=each.name in keys)


def fields_told(box: Box, values: Mapping[str, str]) -> Iterator[shape.Field]:
    """What a specification says of the box's fields; it may name fewer than there are.

    Where they come from stands at the box itself.
    """
    types, keys = {each.name: each.type for each in box.fields}, _keys(box)
    for name, value in values.items():
        yield _field(Field(name, types.get(name, "str"), ()), value, is_key=name in keys)


def _field(field: Field, example: str, *, is_key: bool) -> shape.Field:
    bare = field.type.removesuffix(" | None")
    many = MANY.fullmatch(bare)
    kind = _type(many[many.lastgroup or 0] if many else bare)
    return shape.Field(
        name=field.name,
        type=kind,
        example=example,
        mapping="; ".join(field.origins),
        optional=bare != field.type,
        # The end of a hold is reckoned from the clock: generated is what nothing else goes into.
        generated=bool(field.origins) and set(field.origins) <= MADE_HERE,
        id_attribute=is_key,
        schema=field.type if kind == "Custom" else "",
        cardinality="List" if many else "Single",
    )


def _type(text: str) -> shape.FieldType:
    return "String" if text.startswith("Literal[") else TYPES.get(text, "Custom")


def _keys(box: Box) -> set[str]:
    """A table's primary key. Elsewhere a field of a tag's name says what a thing is about."""
    if (meta := getattr(box.code, "_meta", None)) is not None:
        return {column.name for column in meta.pk_fields}
    return {each.name for each in box.fields if each.type == "str" and each.name in tags.declared}
