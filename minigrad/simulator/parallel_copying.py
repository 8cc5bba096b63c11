"""A copy of a kernel for the processor in which ``prange`` and NumPy are the run's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Set
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from minigrad.simulator.copying import Copier, ModuleNamespace
from minigrad.simulator.device import Device
from minigrad.simulator.errors import Unsupported
from minigrad.simulator.parallel_arrays import array_of
from minigrad.simulator.parallel_numbers import largest, smallest, total
from minigrad.simulator.parallel_numpy import NumpyNamespace
from minigrad.simulator.parallel_run import ParallelRun
from minigrad.simulator.rewrite import rewritten
from minigrad.simulator.syntax import PREFIX

_NOT_OFFERED = ("pndindex", "get_thread_id", "get_num_threads", "set_num_threads")
"""What of numba's a parallel kernel may use and cannot be judged here."""


class ParallelCopier(Copier):
    """Makes the copies for one run."""

    def __init__(self, device: Device, run: ParallelRun) -> None:
        super().__init__(device)
        self._run = run
        self._is_serial = False
        self._numpy = NumpyNamespace(run)
        numba = sys.modules.get("numba")
        self._prange = getattr(numba, "prange", None)
        self._refused = {id(getattr(numba, name)): name for name in _NOT_OFFERED if hasattr(numba, name)}

    def rewritten(self, function: FunctionType) -> CodeType | None:
        closure = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
        known = {name: function.__globals__.get(name) for name in function.__code__.co_names}
        known |= {name: cell.cell_contents for name, cell in closure if cell != CellType()}
        aliases = (name for name, value in known.items() if value is not None and value is self._prange)
        return rewritten(function, prange=frozenset(["prange", *aliases]))

    def copy(self, function: FunctionType) -> Callable[..., Any]:
        is_new = id(function) not in self._copies
        result = super().copy(function)
        if is_new:
            names = getattr(result, "__wrapped__", result).__globals__
            names[PREFIX + "running"] = self._run.running
            names[PREFIX + "total"] = total
            names.setdefault("max", largest)
            names.setdefault("min", smallest)
        return result

    def substitute(self, value: Any, name: str, used: Set[str] = frozenset()) -> Any:
        if value is np:
            return self._numpy
        if self._prange is not None and value is self._prange:
            return range if self._is_serial else self._run.prange
        if id(value) in self._refused:
            raise Unsupported(f"the simulator does not offer numba.{self._refused[id(value)]}")
        if isinstance(value, np.ndarray):
            return array_of(self._run, value, name, "fixed")
        if value is sys.modules.get("numba.cuda") or id(value) in self._cuda_names:
            raise Unsupported(f"{name or 'cuda'} is for a GPU, and this kernel is for the processor")
        if getattr(value, "__module__", "").partition(".")[0] == "numpy":
            return self._numpy.substitute(value)
        if hasattr(value, "py_func"):
            return self._compiled(value, name, used)
        return super().substitute(value, name, used)

    def copy_kernel(self, kernel: Any, function: FunctionType) -> Callable[..., Any]:
        """A copy of the kernel itself, behind which ``function`` stands."""
        self._is_serial = hasattr(kernel, "targetoptions") and not kernel.targetoptions.get("parallel")
        return self.copy(function)

    def _compiled(self, value: Any, name: str, used: Set[str]) -> Any:
        """What stands for a function that numba compiles: without ``parallel=True`` its loops are ordinary ones."""
        around, self._is_serial = self._is_serial, not getattr(value, "targetoptions", {}).get("parallel")
        try:
            return super().substitute(value, name, used)
        finally:
            self._is_serial = around

    def _module(self, module: ModuleType, used: Set[str]) -> Any:
        names = {}
        for name in used & vars(module).keys():
            substitute = self.substitute(vars(module)[name], name, used - {name})
            if substitute is not vars(module)[name]:
                names[name] = substitute
        return ModuleNamespace(module, names) if names else module
