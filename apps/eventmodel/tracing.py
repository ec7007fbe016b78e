"""What a piece of code uses, found by following the global names in it: nobody writes it down."""

import dis
import inspect
import typing
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

type Ours = Callable[[object], bool]


def used(start: object, *, within: Ours, leaf: Ours) -> list[object]:
    """What `start`, a function or class, uses, and what that uses, first come first.

    Followed are the functions and classes that are `within` and no `leaf`; both kinds are answered.
    """
    found: dict[int, object] = {}
    waiting = list(_names_of(start))
    while waiting:
        value = _bare(waiting.pop(0))
        if id(value) in found or not (within(value) or leaf(value)):
            continue
        found[id(value)] = value
        if not leaf(value):
            waiting += _names_of(value)
    return list(found.values())


def _bare(value: Any) -> Any:
    """Without the decorators around it."""
    return inspect.unwrap(value) if callable(value) else value


def _names_of(value: object) -> Iterator[object]:
    value = _bare(value)
    if isinstance(value, FunctionType):
        for name in _globals_loaded(value.__code__):
            if name in value.__globals__:
                yield value.__globals__[name]
        for annotation in value.__annotations__.values():
            yield from _classes_in(annotation)
    elif inspect.isclass(value):
        yield from value.__mro__[1:]
        for attribute in vars(value).values():
            yield from _names_of_attribute(attribute)


def _names_of_attribute(attribute: object) -> Iterator[object]:
    if isinstance(attribute, property):
        attribute = attribute.fget
    if isinstance(attribute, staticmethod | classmethod):
        attribute = attribute.__func__
    if isinstance(_bare(attribute), FunctionType):
        yield from _names_of(attribute)
    elif inspect.isclass(attribute):
        yield attribute


def _classes_in(annotation: object) -> Iterator[object]:
    if inspect.isclass(annotation):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _classes_in(argument)


def _globals_loaded(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            yield step.argval
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _globals_loaded(constant)
