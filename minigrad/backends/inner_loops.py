"""Inner loops: a scalar function as machine code that runs over elements in memory.

The source of an inner loop is written from the function's formula and kept as a file. numba compiles it and keeps the
machine code beside it, so a function is compiled once on a machine, not in each run.
"""

from __future__ import annotations

from functools import lru_cache
from types import ModuleType
from typing import Any

import numba

from minigrad.backends import ScalarFunction, numba_math
from minigrad.backends.formula import formula, typed
from minigrad.backends.generated import is_kept, module
from minigrad.backends.source import cast, lines
from minigrad.dtypes import DType

SIGNATURE = "void(intp, voidptr, voidptr)"

_HEAD = '''\
"""{title}"""
import math

import numpy as np
from numba import carray, {types}

from minigrad.backends import numba_math
from minigrad.backends.numba_drivers import pointer

'''

_INSTEAD = {
    (name, kind): f"numba_math.{name}_{kind}({{0}})" for kind, made in numba_math.FUNCTIONS.items() for name in made
} | {
    (name, kind): f"np.{name}({{0}})" for kind in ("float32", "float64") for name in ("floor", "ceil", "trunc")
}  # fmt: skip


@lru_cache(maxsize=4096)
def inner_loop(function: ScalarFunction, pattern: str, stored: tuple[DType, ...], taken: tuple[DType, ...]) -> int:
    """The address of the inner loop of a scalar function.

    ``stored`` are the dtypes of the result and the operands in memory; the function takes the operands as ``taken``.
    ``pattern`` has a letter for the result and one for each operand, which says how its elements lie: ``1``, one
    after another; ``0``, there is only one, which is repeated; ``s``, some steps apart; ``o``, it is the result
    itself, whose elements are read before they are written.

    The loop takes the number of elements, and for each tensor the address of the first and the step in bytes.
    """
    return int(_compiled(module(source(function, pattern, stored, taken), "loop")).address)


def source(function: ScalarFunction, pattern: str, stored: tuple[DType, ...], taken: tuple[DType, ...]) -> str:
    """The source of an inner loop.

    >>> import numpy as np
    >>> single = np.dtype(np.float32)
    >>> print(source(lambda a, b: a + b, "110", (single,) * 3, (single,) * 2).partition("pointer\\n\\n")[2])
    def loop(n, pointers, steps):
        at = carray(pointers, 3, uintp)
        out = carray(pointer(at[0]), n, float32)
        a0 = carray(pointer(at[1]), n, float32)
        a1 = carray(pointer(at[2]), n, float32)
        v1 = a1[0]
        for i in range(uintp(n)):
            v0 = a0[i]
            v2 = float32(v0 + v1)
            result = v2
            out[i] = result
    <BLANKLINE>
    """
    found = typed(formula(function, len(taken)), taken)
    tensors = [(f"a{t - 1}" if t else "out", dtype) for t, dtype in enumerate(stored)]
    before = [f"at = carray(pointers, {len(tensors)}, uintp)"]
    inside: list[str] = []
    if "s" in pattern:
        before.append(f"step = carray(steps, {len(tensors)}, intp)")
    written = "out[i]"
    for t, ((name, dtype), letter) in enumerate(zip(tensors, pattern, strict=True)):
        element = {"1": f"{name}[i]", "0": f"{name}[0]", "s": f"{name}[i * s{t}]", "o": written}[letter]
        if letter != "o":
            before.append(f"{name} = carray(pointer(at[{t}]), n, {_in_memory(dtype)})")
        if letter == "s":
            before.append(f"s{t} = uintp(step[{t}] // {dtype.itemsize})")
        if t == 0:
            written = element
        else:
            element = f"({element} != 0)" if dtype.kind == "b" else element
            element = element if dtype == taken[t - 1] else cast(taken[t - 1], element)
            (before if letter == "0" else inside).append(f"v{t - 1} = {element}")
    inside += [*lines(found, stored[0], _INSTEAD), f"{written} = result"]
    body = [*before, "for i in range(uintp(n)):", *[f"    {line}" for line in inside]]
    types = sorted(
        {_in_memory(dtype) for dtype in (*stored, *taken, *found.results, *found.meeting)} | {"intp", "uintp"}
    )
    head = _HEAD.format(title=f"{', '.join(map(str, stored))}; {pattern}", types=", ".join(types))
    return head + "\n".join(["def loop(n, pointers, steps):", *[f"    {line}" for line in body]]) + "\n"


def _in_memory(dtype: DType) -> str:
    return "uint8" if dtype.kind == "b" else dtype.name


def _compiled(made: ModuleType) -> Any:
    """The loop as machine code, from the disk if it is there."""
    if is_kept(made):
        try:
            return numba.cfunc(SIGNATURE, cache=True, error_model="numpy")(made.__dict__["loop"])
        except Exception:  # a folder that cannot be written to, a file that is cut off: it works without
            pass
    return numba.cfunc(SIGNATURE, error_model="numpy")(made.__dict__["loop"])
