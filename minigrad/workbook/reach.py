"""What a learner's function reaches: the functions that it calls, and the values of its module that it reads.

Told from the compiled code, without running it: the names that it looks up outside itself, and what stands there now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

from minigrad.workbook.puzzle import Puzzle

_COMPARED = (int, float, str)
"""What counts as the same where it is equal; anything else has to be the very same object."""


class Reach:
    """What ``function`` refers to, as it is at this moment.

    ``functions`` are the function itself and those of its module that it calls, one through another; ``values``
    everything else, and the functions too, by the number of the function and the name that it is read with.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.functions: list[FunctionType] = []
        self.values: dict[tuple[int, str], Any] = {}
        waiting: list[Callable[..., Any]] = [function]
        while waiting:
            each = waiting.pop()
            if isinstance(each, FunctionType) and each not in self.functions:
                number = len(self.functions)
                self.functions.append(each)
                for name, value in _outside(each):
                    self.values[number, name] = value
                    called = _function_in(value)
                    if called is not None and called.__globals__ is each.__globals__:
                        waiting.append(called)

    def is_same(self, other: Reach) -> bool:
        """Whether nothing that the function depends on has been given another value. Arrays and lists are not looked
        into.
        """
        return self.values.keys() == other.values.keys() and all(
            value is other.values[at]
            or (type(value) is type(other.values[at]) and isinstance(value, _COMPARED) and value == other.values[at])
            for at, value in self.values.items()
        )


def _outside(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """The names that a function reads from around it, with what they stand for; what is not there is left out."""
    for name in _names(function.__code__):
        if name in function.__globals__:
            yield name, function.__globals__[name]
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # not filled yet
            continue


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _function_in(value: Any) -> FunctionType | None:
    """The Python function in what a decorator has made of it; None if there is none."""
    try:
        function = value.function if isinstance(value, Puzzle) else getattr(value, "py_func", value)
    except Exception:  # a learner's object may do anything when it is asked for an attribute
        return None
    return function if isinstance(function, FunctionType) else None
