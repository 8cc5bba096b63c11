"""Numbers in a parallel kernel that notice when they are used: a running total, and what stands where nobody wrote.

Both are handed around freely. Only when one is computed with, compared, stored or taken for an index is it a matter.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np


class Reserved:
    """A number that is not to be used, or only in certain ways."""

    __slots__ = ()

    def used(self) -> Any:
        """It is used in a way that it should not be: say so; what to go on with."""
        raise NotImplementedError

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return getattr(ufunc, method)(*map(number, inputs), **options)


def number(value: Any) -> Any:
    """``value`` itself; or if it is a reserved number, what to go on with now that it is used."""
    return value.used() if isinstance(value, Reserved) else value


def _using(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self, *others: function(self.used(), *map(number, others))


_USES: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")},
    **{name: getattr(operator, name) for name in ("xor", "lshift", "rshift", "lt", "le", "gt", "ge", "eq", "ne")},
    **{name: getattr(operator, name) for name in ("neg", "pos", "abs", "invert", "index")},
    "and": operator.and_,
    "or": operator.or_,
    "radd": operator.add,
    "rmul": operator.mul,
    "rsub": lambda mine, other: other - mine,
    "rtruediv": lambda mine, other: other / mine,
    "rfloordiv": lambda mine, other: other // mine,
    "rmod": lambda mine, other: other % mine,
    "rpow": lambda mine, other: other**mine,
    "float": float,
    "int": int,
    "bool": bool,
    "complex": complex,
    "round": round,
}
for _name, _function in _USES.items():
    setattr(Reserved, f"__{_name}__", _using(_function))


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


class Hole(Reserved):
    """What is found where nobody wrote, in passing: by a loop over the whole array, or by a copy of it."""

    __slots__ = ("_look",)

    def __init__(self, look: Callable[[], Any]) -> None:
        self._look = look

    def used(self) -> Any:
        """It is used after all."""
        return self._look()
