"""A copy of a kernel in which every ``cuda`` is the simulator's.

Wherever the real one stands (globals, closure cells, defaults, ``numba.cuda.x``, a name imported from it), the copy has
the simulator's; ``math`` follows IEEE; and the functions that the kernel calls are copied likewise, those under
``@cuda.jit`` and ``@njit`` through their ``py_func``. The original is not changed in any way.
"""

from __future__ import annotations

import math as python_math
import sys
from collections.abc import Callable, Set
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from minigrad.simulator import ieee
from minigrad.simulator.arrays import KernelArray
from minigrad.simulator.device import Device
from minigrad.simulator.errors import SimulatorError, Unsupported
from minigrad.simulator.paths import Paths
from minigrad.simulator.rewrite import rewritten
from minigrad.simulator.syntax import PREFIX
from minigrad.simulator.watching import all_codes, has_loops, watched

_IEEE = {id(getattr(python_math, name)): function for name, function in vars(ieee.math).items()}


class ModuleNamespace:
    """A module with some of its names put in place by others: ``numba`` with the simulator's ``cuda`` in it, say."""

    def __init__(self, module: ModuleType, names: dict[str, Any]) -> None:
        self._module = module
        self.__dict__.update(names)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


class Copier:
    """Makes the copies for one launch and remembers which code belongs to the kernel.

    With ``paths`` the copies tell it which way each thread takes.
    """

    def __init__(self, device: Device, paths: Paths | None = None) -> None:
        self.sources: dict[CodeType, bool] = {}
        """The code of every copied function, and whether the source that it was made from is at hand."""
        self.watches = False
        """Whether loops are counted from outside, for want of source."""
        self._device = device
        self._paths = paths
        self._copies: dict[int, Any] = {}
        self._originals: list[Any] = []  # so that no id is used twice
        self._cuda_names = _names_of_cuda(device.cuda)

    def rewritten(self, function: FunctionType) -> CodeType | None:
        """The code of a function's copy, or None where its source cannot be had."""
        return rewritten(function, with_paths=self._paths is not None)

    def copy(self, function: FunctionType) -> Callable[..., Any]:
        """A copy of a plain Python function, and of all that it calls."""
        if id(function) in self._copies:
            known: Callable[..., Any] = self._copies[id(function)]
            return known
        code = self.rewritten(function)
        device = self._device
        names: dict[str, Any] = {
            "__builtins__": function.__globals__.get("__builtins__", __builtins__),
            "__name__": function.__globals__.get("__name__", "kernel"),
            PREFIX + "report_turns": device.report_turns,
            PREFIX + "floor_divide": device.floor_divide,
            PREFIX + "remainder": device.remainder,
            PREFIX + "true_divide": ieee.true_divide,
            PREFIX + "power": ieee.power,
            PREFIX + "truth": ieee.truth,
            PREFIX + "invert": ieee.invert,
            PREFIX + "named": named,
            **(self._paths.names if self._paths is not None else {}),
        }
        new_code = code or function.__code__.replace()
        old_cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
        cells = {name: CellType() for name in old_cells}
        copied = FunctionType(
            new_code, names, function.__name__, closure=tuple(cells[name] for name in new_code.co_freevars)
        )
        result: Callable[..., Any] = copied
        if code is None and has_loops(new_code):
            self.watches = True
            result = watched(copied, device)
        # Known before its globals are looked at, since a function may call itself.
        self._copies[id(function)] = result
        self._originals.append(function)
        for inner in all_codes(new_code):
            self.sources[inner] = code is not None
        used = {name for inner in all_codes(function.__code__) for name in inner.co_names}
        for name in used & function.__globals__.keys():
            names[name] = self.substitute(function.__globals__[name], name, used)
        for name, cell in old_cells.items():
            try:
                cells[name].cell_contents = self.substitute(cell.cell_contents, name, used)
            except ValueError:  # an empty cell: the name has no value yet
                continue
        if function.__defaults__:
            copied.__defaults__ = tuple(self.substitute(value, "") for value in function.__defaults__)
        if function.__kwdefaults__:
            copied.__kwdefaults__ = {
                name: self.substitute(value, name) for name, value in function.__kwdefaults__.items()
            }
        return result

    def substitute(self, value: Any, name: str, used: Set[str] = frozenset()) -> Any:
        """What stands for ``value`` in a copy, in which ``name`` is its name and ``used`` are the names that occur."""
        if value is sys.modules.get("numba.cuda") or type(value).__name__ == "FakeCUDAModule":
            return self._device.cuda
        if isinstance(value, ModuleType):
            if value is python_math:
                return ieee.math
            return self._module(value, used)
        if id(value) in self._cuda_names:
            known = self._cuda_names[id(value)]
            if known == "laneid":
                raise Unsupported("laneid cannot be imported from numba.cuda: it has to be written cuda.laneid")
            return getattr(self._device.cuda, known)
        if id(value) in _IEEE:
            return _IEEE[id(value)]
        if isinstance(value, np.ndarray):
            return self._device.constant(value, name)
        function = getattr(value, "py_func", value)
        if isinstance(function, FunctionType):
            return self.copy(function)
        return value

    def _module(self, module: ModuleType, used: Set[str]) -> Any:
        """A module, or what stands for it if the copy uses a function for the GPU, an array or ``cuda`` from it."""
        names = {}
        for name in used & vars(module).keys():
            value = vars(module)[name]
            if isinstance(value, np.ndarray | ModuleType) or hasattr(value, "py_func"):
                substitute = self.substitute(value, name, used - {name})
                if substitute is not value:
                    names[name] = substitute
        return ModuleNamespace(module, names) if names else module


def python_function(kernel: Any) -> FunctionType:
    """The Python function behind a kernel object, or the function itself; raises :class:`SimulatorError`."""
    function = getattr(kernel, "py_func", kernel)
    if not isinstance(function, FunctionType):
        raise SimulatorError(f"launch takes a kernel or a Python function, not {kernel!r}")
    return function


def named(array: Any, name: str) -> Any:
    """Tell a shared or local array the name of the variable that it is put into."""
    if isinstance(array, KernelArray):
        cells = getattr(array, "cells", array)
        if not cells.name:
            cells.name = name
    return array


def _names_of_cuda(cuda: Any) -> dict[int, str]:
    """By identity, what ``from numba.cuda import ...`` may have put into a module under any name."""
    real = sys.modules.get("numba.cuda")
    if real is None:
        return {}
    offered = [name for name in (*vars(cuda), *vars(type(cuda))) if not name.startswith("_")]
    return {
        id(getattr(real, name)): name
        for name in offered
        # Integers such as a module's own warp size are the same object as anybody's.
        if name in vars(real) and not isinstance(getattr(real, name), int)
    }
