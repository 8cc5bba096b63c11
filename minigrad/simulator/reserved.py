"""Numbers that notice when they are used, such as what is found where nobody wrote.

They are handed around freely. Only when one is computed with, compared or taken for an index is it a matter.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any


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


class Hole(Reserved):
    """What is found where nobody wrote, in passing: by a loop over the whole array, or by a copy of it."""

    __slots__ = ("_look",)

    def __init__(self, look: Callable[[], Any]) -> None:
        self._look = look

    def used(self) -> Any:
        """It is used after all."""
        return self._look()
