"""What a kernel for the processor finds under the name ``np``: NumPy, whose new arrays are checked ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import numpy as np

from minigrad.simulator.arrays import KernelArray, as_dtype
from minigrad.simulator.device import as_shape
from minigrad.simulator.errors import Unsupported
from minigrad.simulator.parallel_arrays import Maker, filled_array, made


class NumpyNamespace:
    """The module ``numpy`` as a running kernel sees it."""

    def __init__(self, run: Maker) -> None:
        self._run = run

    def empty(self, shape: Any, dtype: Any = np.float64) -> Any:
        """An array that holds nothing: to read an element before writing it is a fault."""
        return filled_array(self._run, None, _element_type(dtype), as_shape(shape), "", "local")

    def zeros(self, shape: Any, dtype: Any = np.float64) -> Any:
        """An array of zeros."""
        return filled_array(self._run, 0, _element_type(dtype), as_shape(shape), "", "local")

    def ones(self, shape: Any, dtype: Any = np.float64) -> Any:
        """An array of ones."""
        return filled_array(self._run, 1, _element_type(dtype), as_shape(shape), "", "local")

    def full(self, shape: Any, fill_value: Any, dtype: Any = None) -> Any:
        """An array of one value."""
        kind = np.asarray(fill_value).dtype if dtype is None else _element_type(dtype)
        return filled_array(self._run, fill_value, kind, as_shape(shape), "", "local")

    def empty_like(self, prototype: Any, dtype: Any = None) -> Any:
        """An array that holds nothing, of the shape and type of another."""
        return self.empty(_shape(prototype), prototype.dtype if dtype is None else dtype)

    def zeros_like(self, a: Any, dtype: Any = None) -> Any:
        """An array of zeros, of the shape and type of another."""
        return self.full(_shape(a), 0, a.dtype if dtype is None else dtype)

    def ones_like(self, a: Any, dtype: Any = None) -> Any:
        """An array of ones, of the shape and type of another."""
        return self.full(_shape(a), 1, a.dtype if dtype is None else dtype)

    def full_like(self, a: Any, fill_value: Any, dtype: Any = None) -> Any:
        """An array of one value, of the shape and type of another."""
        return self.full(_shape(a), fill_value, a.dtype if dtype is None else dtype)

    def __getattr__(self, name: str) -> Any:
        value = getattr(np, name)
        if isinstance(value, ModuleType):
            raise Unsupported(f"the simulator does not offer np.{name} inside a kernel")
        return self.substitute(value)

    def substitute(self, value: Any) -> Any:
        """What stands for a function of NumPy's; for anything else, itself."""
        if isinstance(value, FunctionType | BuiltinFunctionType) or type(value).__name__ == "_ArrayFunctionDispatcher":
            own = getattr(type(self), value.__name__, None)
            return own.__get__(self) if own is not None else self._checked(value)
        return value

    def _checked(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            return made(self._run, function(*arguments, **options))

        return call


def _shape(array: Any) -> tuple[int, ...]:
    if not isinstance(array, KernelArray):
        raise TypeError(f"this takes the shape of an array, and {array!r} is none")
    return array.shape


_element_type = lru_cache(64)(as_dtype)
