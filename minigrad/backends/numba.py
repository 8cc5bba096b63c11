"""The numba backend: parallel loops, compiled for this CPU.

A scalar function becomes an inner loop in machine code (``inner_loops.py``), one for each combination of dtypes, the
first time that it is needed; it is kept on disk. What walks through memory around it, and shares out the work among
threads, is compiled once for all functions (``numba_drivers.py``). Matrices are multiplied by NumPy's BLAS.

How many threads there are, and of which kind, is numba's: ``NUMBA_NUM_THREADS``, ``numba.set_num_threads``.
"""

from __future__ import annotations

import builtins
import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numba.core import config

from minigrad.backends import Array, ScalarFunction, Strided
from minigrad.backends.inner_loops import inner_loop
from minigrad.backends.loops import nest, tiled
from minigrad.backends.numba_drivers import (
    RUN,
    Reduction,
    address,
    reduce_all,
    reduce_all_in_parallel,
    visit,
    visit_in_parallel,
)
from minigrad.backends.numba_threads import run
from minigrad.backends.numpy import empty, load, matmul, store, view
from minigrad.dtypes import DType, Number
from minigrad.errors import MinigradError
from minigrad.strides import Layout, Shape, Strides, row_major

if config.DISABLE_JIT:  # type: ignore[attr-defined]
    raise MinigradError("NUMBA_DISABLE_JIT is set, and without numba's compiler there is no numba backend")

__all__ = ["empty", "load", "map", "matmul", "name", "reduce", "store", "zip"]

name = "numba"


class _Row(NamedTuple):
    """A storage and a layout of it."""

    storage: Array
    layout: Layout


# --- Map and zip


def map(function: ScalarFunction, out: Strided, a: Strided) -> None:
    """``out[i] = function(a[i])`` for every index ``i``."""
    zip(function, out, a)


def zip(function: ScalarFunction, out: Strided, *operands: Strided) -> None:
    """``out[i] = function(a[i], b[i], ...)`` for every index ``i``."""
    tensors = (out, *operands)
    dtypes = [tensor.storage.dtype for tensor in tensors]
    walk = _walk(
        out.layout.shape,
        tuple([dtype.itemsize for dtype in dtypes]),
        *[tensor.layout.strides for tensor in tensors],
    )
    if not walk.size:
        return
    first = [_first(tensor) for tensor in tensors]
    pattern = walk.pattern
    for i in range(1, len(tensors)):
        if first[i] < first[0] + walk.extents[0] and first[0] < first[i] + walk.extents[i]:
            same = first[i] == first[0] and dtypes[i] == dtypes[0] and tensors[i].layout.strides == out.layout.strides
            if not same:  # what one turn writes, another would read
                zip(function, out, *[_copied(operand) for operand in operands])
                return
            pattern = f"{pattern[:i]}o{pattern[i + 1 :]}"
    _check_writeable(out)
    loop = inner_loop(function, pattern, tuple(dtypes), tuple(dtypes[1:]))
    start = np.array(first)
    for size, shape, steps, offsets in walk.parts:
        run(visit, visit_in_parallel, size, size, loop, shape, steps, start + offsets if walk.is_cut else start, size)


class _Part(NamedTuple):
    """Loops over a part of some tensors. Steps and offsets are in bytes."""

    size: int
    shape: Array
    steps: Array
    offsets: Array


class _Walk(NamedTuple):
    """How some tensors of one shape are walked through."""

    size: int
    extents: tuple[int, ...]
    """Bytes from the first element of each tensor to the end of the last."""
    pattern: str
    """How the elements of each tensor lie in the innermost loop; see :func:`inner_loop`."""
    parts: tuple[_Part, ...]
    is_cut: bool


@lru_cache(maxsize=4096)
def _walk(shape: Shape, widths: tuple[int, ...], *strides: Strides) -> _Walk:
    loops = nest(shape, *strides)
    inner = [moves[-1] for moves in loops.strides]
    plain = inner[0] == 1 and all(step in (0, 1) for step in inner)
    extents = [
        width * (1 + sum((size - 1) * stride for size, stride in builtins.zip(loops.shape, moves, strict=True)))
        for width, moves in builtins.zip(widths, loops.strides, strict=True)
    ]
    width = np.array(widths)
    parts = [
        _Part(
            math.prod(part.loops.shape),
            np.array(part.loops.shape, np.int64),
            np.array(part.loops.strides, np.int64) * width[:, None],
            np.array(part.start, np.int64) * width,
        )
        for part in tiled(loops)
    ]
    return _Walk(
        math.prod(loops.shape),
        tuple(extents),
        "".join(builtins.map(str, inner)) if plain else "s" * len(inner),
        tuple(parts),
        len(parts) > 1,
    )


def _first(tensor: Strided) -> int:
    """The address of the first element."""
    return int(address(tensor.storage)) + tensor.layout.offset * int(tensor.storage.itemsize)


def _copied(tensor: Strided) -> _Row:
    elements = load(tensor).reshape(-1).copy()
    return _Row(elements, row_major(tensor.layout.shape))


def _check_writeable(out: Strided) -> None:
    if not out.storage.flags.writeable:
        raise MinigradError("this tensor shares a read-only array, so it cannot be written; clone it first")


# --- Reduce

LANES = 2048
"""How many elements a reduction works on side by side, at most."""
WIDE_LANES = 1 << 14
"""The same for a tensor that no cache holds: memory is fastest read in order, so row by row."""
UNCACHED = 1 << 23
"""How many elements no cache holds."""
PART = 1 << 16
"""How many elements a reduction takes in one part, at least; with more, more threads can help."""


def reduce(function: ScalarFunction, out: Strided, a: Strided, dim: int, start: Number) -> None:
    """``function`` over the elements of ``a`` along ``dim``; ``start`` where there are none."""
    _check_writeable(out)
    results = load(out)
    if results.size == 0 or a.layout.shape[dim] == 0:
        results[...] = start
        return
    shape, strides, _ = a.layout
    plan = _reduction(function, out.storage.dtype, a.storage.dtype, shape, strides, out.layout.strides, dim)
    partial = np.empty((plan.parts, plan.size), out.storage.dtype)
    run(
        reduce_all,
        reduce_all_in_parallel,
        plan.size * shape[dim],
        plan.tasks,
        plan.each_part,
        _first(a),
        address(partial),
    )
    if plan.of_parts is not None:
        partial, parts = np.empty(plan.size, partial.dtype), partial
        reduce_all(plan.of_parts, address(parts), address(partial), plan.size)
    target = view(out.storage, plan.shape, plan.strides, out.layout.offset)
    target[...] = partial.reshape(plan.shape)


class _Plan(NamedTuple):
    """How a tensor is reduced: in parts that threads can share, then the parts."""

    each_part: Reduction
    of_parts: Reduction | None
    parts: int
    tasks: int
    size: int
    """How many results there are."""
    shape: Shape
    """The loops over the results, in the order in which they are made."""
    strides: Strides
    """How far apart the results lie in the end, along these loops."""


@lru_cache(maxsize=4096)
def _reduction(
    function: ScalarFunction, out: DType, a: DType, shape: Shape, strides: Strides, out_strides: Strides, dim: int
) -> _Plan:
    rows, row_step = shape[dim], strides[dim] * a.itemsize
    kept = [d for d in range(len(shape)) if d != dim]
    loops = nest(*[tuple([each[d] for d in kept]) for each in (shape, out_strides, strides)])
    inner, inner_step = loops.shape[-1], loops.strides[1][-1] * a.itemsize
    uncached = rows * math.prod(loops.shape) >= UNCACHED
    sizes, steps = [*loops.shape], [stride * a.itemsize for stride in loops.strides[1]]
    if inner == 1 or (row_step < inner_step and rows >= 32):
        sizes.append(1)
        steps.append(row_step)
        lanes, lane_step, stacked = 1, row_step, _power_of_two(min(rows, LANES))
    else:
        lanes, lane_step, stacked = min(inner, WIDE_LANES if uncached else LANES), inner_step, 1
        if lanes == inner and row_step == inner * inner_step:
            stacked = _power_of_two(min(rows, LANES // inner))
    size = math.prod(sizes)
    tasks = size // sizes[-1] * -(-sizes[-1] // lanes)
    parts = max(1, min(256 // tasks, size * rows // PART, rows // ((8 if uncached else 1) * stacked * RUN)))
    part = -(-rows // parts)
    parts = -(-rows // part)
    letter = "1" if lane_step == a.itemsize else "s"
    copy, fold = _loops(function, letter, out, a)
    fold_four = inner_loop(_four_times(function), f"1{letter * 4}o", (out, a, a, a, a, out), (out,) * 5)
    again, merge = _loops(function, "1", out, out)
    four_more = inner_loop(_four_times(function), "11111o", (out,) * 6, (out,) * 5)
    return _Plan(
        Reduction(
            copy,
            fold,
            fold_four,
            merge,
            _ints(sizes),
            _ints(steps),
            rows,
            row_step,
            lanes,
            stacked,
            lane_step,
            part,
            out.itemsize,
        ),
        None if parts == 1 else _of_parts(again, merge, four_more, size, parts, out.itemsize),
        parts,
        tasks * parts,
        size,
        loops.shape,
        loops.strides[0],
    )


def _of_parts(copy: int, merge: int, fold_four: int, size: int, parts: int, width: int) -> Reduction:
    """The reduction of what parts have given, which lies row by row."""
    lanes = min(size, LANES)
    stacked = _power_of_two(min(parts, LANES // lanes)) if lanes == size else 1
    step = size * width
    return Reduction(
        copy, merge, fold_four, merge, _ints([size]), _ints([width]), parts, step, lanes, stacked, width, parts, width
    )


def _loops(function: ScalarFunction, letter: str, out: DType, a: DType) -> tuple[int, int]:
    """The inner loops that convert elements of ``a`` to results, and that combine them with results."""
    return (
        inner_loop(_same, f"1{letter}", (out, a), (out,)),
        inner_loop(function, f"1{letter}o", (out, a, out), (out, out)),
    )


@lru_cache(maxsize=1024)
def _four_times(function: ScalarFunction) -> ScalarFunction:
    """The function of four elements and a result: in a pass, results are loaded and stored once for four rows."""
    return lambda a, b, c, d, result: function(d, function(c, function(b, function(a, result))))


def _power_of_two(limit: int) -> int:
    """The largest power of two that is not above a limit of at least 1."""
    return 1 << (limit.bit_length() - 1)


def _ints(numbers: list[int]) -> Array:
    return np.array(numbers, np.int64)


def _same(a: Any) -> Any:
    return a
