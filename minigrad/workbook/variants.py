"""The learner's kernel as a case wants it: with the case's module constants, made for the case's scalar function.

The file is run once more for each set of constants, so that whatever is worked out from them follows. Where the
learner's function makes the kernel, it is called once for each scalar function.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from minigrad.workbook.cells import pieces
from minigrad.workbook.constants import missing_constants, with_constants
from minigrad.workbook.puzzle import KernelPuzzle
from minigrad.workbook.raised import line_reached
from minigrad.workbook.spec import Case
from minigrad.workbook.watchdog import runs_within

SECONDS = 10.0
"""How long the file may take to run, and the learner's function to make a kernel."""


class Unusable(Exception):
    """There is no such kernel. The message, one sentence or two, says why."""


class Variants:
    """The kernels of one puzzle, made when they are first asked for."""

    def __init__(self, puzzle: KernelPuzzle) -> None:
        self._puzzle = puzzle
        self._makers: dict[Any, KernelPuzzle] = {(): puzzle}
        self._kernels: dict[Any, Any] = {}

    def kernel(self, case: Case) -> Any:
        """What the case launches, as the learner's decorators left it. Raises :class:`Unusable`."""
        constants = tuple(case.constants.items())
        key = (constants, case.scalar)
        if key not in self._kernels:
            if constants not in self._makers:
                self._makers[constants] = self._with_constants(case)
            self._kernels[key] = self._made(self._makers[constants], case.scalar)
        return self._kernels[key]

    def function(self, case: Case) -> Callable[..., Any]:
        """The Python function behind :meth:`kernel`."""
        kernel = self.kernel(case)
        function: Callable[..., Any] = getattr(kernel, "py_func", kernel)
        return function

    def _with_constants(self, case: Case) -> KernelPuzzle:
        """The puzzle of the file, run again with the case's constants."""
        told = ", ".join(f"{name} = {value}" for name, value in case.constants.items())
        try:
            parts = pieces(self._puzzle.function)
            trees = [ast.parse(part.text) for part in parts]
        except (OSError, SyntaxError) as error:
            raise Unusable(f"The kernel's source cannot be found, so it cannot be run with {told}.") from error
        missing = missing_constants(trees, case.constants)
        if missing:
            raise Unusable(
                f"This puzzle is run with different values of {missing[0]}, so the file has to set it in a line "
                f"of its own, outside the kernel: {missing[0]} = {case.constants[missing[0]]}."
            )
        named = "_".join(f"{name}{value}" for name, value in case.constants.items())
        module = ModuleType(f"{self._puzzle.function.__module__}_{named}")
        module.__file__ = parts[-1].file
        sys.modules[module.__name__] = module  # where inspect looks for the source of what is defined in it
        for tree, part in zip(trees, parts, strict=True):
            code = compile(with_constants(tree, case.constants), part.file, "exec", dont_inherit=True)
            self._run(partial(exec, code, vars(module)), f"run with {told}")
        found = [
            each for each in vars(module).values() if isinstance(each, KernelPuzzle) and each.name == self._puzzle.name
        ]
        if not found:
            raise Unusable(f"With {told} the file defines no puzzle.")
        return found[-1]

    def _made(self, maker: KernelPuzzle, scalar: str) -> Any:
        spec = maker.spec
        if not spec.makes_kernel:
            return maker.kernel
        given = (_compiled(spec.scalars[scalar].function, spec.target),) if scalar else ()
        call = f"{spec.name}({scalar})"
        made: list[Any] = []
        self._run(lambda: made.append(maker.kernel(*given)), f"called: {call}")
        return _fitting(made[0], maker, call)

    def _run(self, work: Callable[[], Any], what: str) -> None:
        function = self._puzzle.function
        try:
            if runs_within(SECONDS, work):
                return
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            words = " ".join(str(error).split())[:300]
            line = line_reached(error, function.__code__.co_filename)
            where = f" in line {line}" if line else ""
            raise Unusable(f"The file raised {type(error).__name__}{where} when it was {what} ({words}).") from error
        raise Unusable(f"The file was still running after {SECONDS:g} seconds when it was {what}.")


def _compiled(function: Callable[..., Any], target: str) -> Any:
    """A scalar function as a learner gets it: compiled for what the kernel is for."""
    if target == "cpu":
        from numba import njit

        return njit(function)
    cuda: Any = import_module("numba.cuda")
    return cuda.jit(device=True)(function)


def _fitting(made: Any, maker: KernelPuzzle, call: str) -> Any:
    """What the learner's function returned, if it can be the kernel."""
    spec, decorator = maker.spec, "cuda.jit" if maker.spec.target == "cuda" else "njit(parallel=True)"
    if made is None:
        raise Unusable(f"{call} returned nothing. It has to return the kernel.")
    function = getattr(made, "py_func", None)
    if function is None:
        raise Unusable(f"{call} returned {_what(made)}. It has to return a kernel, compiled with {decorator}.")
    on_cpu = type(made).__name__ == "CPUDispatcher"
    if on_cpu != (spec.target == "cpu") or (on_cpu and not made.targetoptions.get("parallel")):
        raise Unusable(f"The kernel that {call} returned has to be compiled with {decorator}.")
    if getattr(made, "targetoptions", {}).get("device") or getattr(made, "_device", False):
        raise Unusable(f"{call} returned a device function. It has to return a kernel: cuda.jit without device=True.")
    given = inspect.signature(function, follow_wrapped=False).parameters
    if tuple(given) != tuple(spec.signature):
        raise Unusable(
            f"The kernel that {call} returned has the parameters ({', '.join(given)}). "
            f"They have to be ({', '.join(spec.signature)}), in this order."
        )
    return made


def _what(made: Any) -> str:
    return "a plain function" if callable(made) else f"a {type(made).__name__}"
