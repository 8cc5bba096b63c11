"""A running total: what an iteration of a parallel loop gets for a variable that all iterations reduce into."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from minigrad.simulator.reserved import Reserved, number


class Told(Protocol):
    """Whom a running number tells of its misuse."""

    def used(self, name: str) -> None:
        """The running iteration uses a variable that all iterations reduce into."""


_FAMILIES = {"add": "+", "sub": "+", "mul": "*", "truediv": "*", "max": "max", "min": "min"}
"""Which operations may follow one another on one reduction variable."""


class Running(Reserved):
    """A number that all iterations of a parallel loop reduce into. ``family`` says how, once it is known."""

    __slots__ = ("family", "name", "told", "value")

    def __init__(self, told: Told, name: str, value: Any, family: str = "") -> None:
        self.told = told
        self.name = name
        self.value = value
        self.family = family

    def used(self) -> Any:
        """It is used otherwise than for a reduction."""
        self.told.used(self.name)
        return self.value

    def reduced(self, operation: str, function: Callable[[Any, Any], Any], other: Any) -> Running:
        """One more number is reduced into it."""
        family = _FAMILIES[operation]
        if self.family not in ("", family):
            self.told.used(self.name)
        return Running(self.told, self.name, function(self.value, number(other)), family)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if ufunc in (np.add, np.multiply) and method == "__call__" and inputs[0] is not self:
            # A scalar of NumPy's stands on the left.
            return self.reduced("add" if ufunc is np.add else "mul", ufunc, inputs[0])
        return super().__array_ufunc__(ufunc, method, *inputs, **options)

    def __repr__(self) -> str:
        return repr(self.value)


def _reducing(operation: str) -> Callable[[Running, Any], Any]:
    function = getattr(operator, operation)
    return lambda self, other: self.reduced(operation, function, other)


for _name in ("add", "sub", "mul", "truediv"):
    setattr(Running, f"__{_name}__", _reducing(_name))
for _name in ("add", "mul"):
    setattr(Running, f"__r{_name}__", _reducing(_name))


def total(value: Any) -> Any:
    """What a variable holds after the loop."""
    return value.value if isinstance(value, Running) else value


def largest(*values: Any, **options: Any) -> Any:
    """``max``, which is a reduction where one of two is a running number."""
    return _extreme("max", max, values, options)


def smallest(*values: Any, **options: Any) -> Any:
    """``min``, likewise."""
    return _extreme("min", min, values, options)


def _extreme(operation: str, function: Any, values: tuple[Any, ...], options: dict[str, Any]) -> Any:
    if len(values) == 2 and not options:
        one, other = values
        if isinstance(one, Running):
            return one.reduced(operation, function, other)
        if isinstance(other, Running):
            return other.reduced(operation, function, one)
    return function(*values, **options)
