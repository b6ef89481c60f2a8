"""A field of a dataclass that is made when it is first read."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, Generic, TypeVar

T = TypeVar("T")
D = TypeVar("D")


class Later(Generic[T]):
    """May be given as a value, or as a function that is called when the field is first read.

    Args:
        default: the value where none is given.
    """

    def __init__(self, default: T) -> None:
        self._default = default
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, instance: object | None, owner: type | None = None) -> T:
        if instance is None:
            return self._default
        fields = vars(instance)
        if callable(fields[self._name]):
            fields[self._name] = fields[self._name]()
        value: T = fields[self._name]
        return value

    def __set__(self, instance: object, value: T | Callable[[], T]) -> None:
        vars(instance)[self._name] = value


def altered(one: D, **changes: Any) -> D:
    """As `dataclasses.replace`; what is to be made later is not made for it."""
    other = copy(one)
    for name, value in changes.items():
        object.__setattr__(other, name, value)
    return other
