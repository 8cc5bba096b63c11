"""The loops around an inner loop: they walk through memory, share the work out among threads, and call it.

An inner loop is machine code made from one scalar function (see ``inner_loops.py``). Here it is an address, so that
what stands in this file is compiled once, for all functions, dtypes and shapes. An inner loop is told how many
elements there are, where each tensor's first one lies, and how far apart they are.

Every driver exists twice: one for a single thread, and one whose outer loop is shared out among numba's threads.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import carray, njit, prange, types  # type: ignore[attr-defined]
from numba.core import cgutils
from numba.extending import intrinsic

# --- Memory and inner loops, by address


@intrinsic
def _pointer(typing_context: Any, address: Any) -> Any:
    """An address as a pointer."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(types.uintp), generate


@intrinsic
def _call(typing_context: Any, inner_loop: Any, count: Any, at: Any, steps: Any) -> Any:
    """Call the inner loop at an address, with a number of elements, the addresses of the first, and the steps."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word = context.get_value_type(types.intp)
        inner_loop, count, *arrays = arguments
        lists = [
            builder.bitcast(context.make_array(kind)(context, builder, array).data, cgutils.voidptr_t)
            for kind, array in zip(signature.args[2:], arrays, strict=True)
        ]
        kind = ir.FunctionType(ir.VoidType(), [word, cgutils.voidptr_t, cgutils.voidptr_t])
        builder.call(builder.inttoptr(inner_loop, kind.as_pointer()), [count, *lists])
        return context.get_dummy_value()

    return types.void(types.intp, types.intp, at, steps), generate


pointer: Any = _pointer
call: Any = _call


def _address(row: Any) -> Any:
    """Where an array begins. numba answers six times as fast as NumPy."""
    return row.ctypes.data


def compiled(function: Callable[..., Any], **options: Any) -> Any:
    """The function compiled by numba when it is called, and kept on disk where there is a place for it."""
    options = {"nogil": True, "error_model": "numpy", **options}
    try:
        return njit(function, cache=True, **options)
    except RuntimeError:  # no folder that may be written to
        return njit(function, **options)


def in_parallel(function: Any) -> Any:
    """The function compiled for numba's threads, under a name of its own: by its name it is found on disk."""
    copy = FunctionType(function.__code__, function.__globals__, f"{function.__name__}_in_parallel")
    copy.__qualname__ = copy.__name__
    return compiled(copy, parallel=True)


address = compiled(_address)


# --- Map and zip


def _visit_range(inner_loop: int, shape: Any, steps: Any, first: Any, start: int, stop: int) -> None:
    """Let the inner loop run over elements ``start`` to ``stop``, counted in the order of the loops.

    ``steps[t, d]`` says how many bytes tensor t moves at a turn of loop d; ``first[t]`` is where it begins.
    """
    loops = len(shape)
    index = np.empty(loops, np.int64)
    at = first.copy()
    k = start
    for d in range(loops - 1, -1, -1):
        index[d] = k % shape[d]
        k //= shape[d]
        for t in range(len(at)):
            at[t] += index[d] * steps[t, d]
    inner = np.ascontiguousarray(steps[:, loops - 1])
    while start < stop:
        count = min(shape[loops - 1] - index[loops - 1], stop - start)
        call(inner_loop, count, at, inner)
        start += count
        turns = count
        d = loops - 1
        while True:
            index[d] += turns
            for t in range(len(at)):
                at[t] += turns * steps[t, d]
            if index[d] < shape[d] or d == 0:
                break
            for t in range(len(at)):
                at[t] -= index[d] * steps[t, d]
            index[d] = 0
            turns = 1
            d -= 1


visit_range = compiled(_visit_range)


def _visit(inner_loop: int, shape: Any, steps: Any, first: Any, size: int, chunk: int) -> None:
    """Let the inner loop run over all elements, in chunks of ``chunk``."""
    for c in prange((size + chunk - 1) // chunk):
        start = np.int64(c) * chunk
        visit_range(inner_loop, shape, steps, first, start, min(start + chunk, size))


visit = compiled(_visit)
visit_in_parallel = in_parallel(_visit)


# --- Reduce

RUN = 17
"""How many rows are combined one after another; what that gives is combined pairwise, so that a sum is exact."""


class Reduction(NamedTuple):
    """Everything that a reduction needs to know. Steps are in bytes."""

    copy: int
    """The inner loop that converts elements of the operand to the dtype of the result."""
    fold: int
    """The inner loop that combines results, one by one, with elements of the operand."""
    fold_four: int
    """The inner loop that combines each result with four elements, of four rows."""
    merge: int
    """The inner loop that combines results with results."""
    shape: Any
    """The loops over the results."""
    steps: Any
    """How far the operand moves at a turn of each of these loops."""
    rows: int
    """How many elements there are for each result."""
    row_step: int
    """How far apart these elements are."""
    lanes: int
    """How many results of the innermost loop are worked on at once."""
    stacked: int
    """How many rows are worked on at once, as if they were one: a power of two."""
    lane_step: int
    """How far apart the elements in the lanes are."""
    part: int
    """How many rows a part has. Each result is made once for each part."""
    width: int
    """How many bytes a result has."""


def _reduce_part(
    r: Reduction, a: int, out: int, lanes: int, first: int, last: int, at: Any, acc: Any, scratch: Any
) -> None:
    """The results of ``lanes`` lanes, from rows ``first`` to ``last``, which there are.

    Sums wait in the scratch memory, one above the other, each made of twice as many rows as the one above.
    """
    stacked = r.stacked
    while stacked > last - first:
        stacked //= 2
    count = lanes * stacked
    level = count * r.width
    base = scratch.ctypes.data
    operand = np.full(6, r.lane_step, np.int64)
    operand[0] = r.width
    four = stacked * r.row_step
    row = first
    waiting = 0
    runs = 0
    while row + stacked <= last:
        at[0] = base + waiting * level
        at[1] = a + row * r.row_step
        call(r.copy, count, at, operand)
        row += stacked
        turns = 1
        while turns + 4 <= RUN and row + 4 * stacked <= last:
            for k in range(4):
                at[1 + k] = a + row * r.row_step + k * four
            call(r.fold_four, count, at, operand)
            row += 4 * stacked
            turns += 4
        while turns < RUN and row + stacked <= last:
            at[1] = a + row * r.row_step
            call(r.fold, count, at, operand)
            row += stacked
            turns += 1
        waiting += 1
        runs += 1
        full = runs
        while full % 2 == 0:
            at[0] = base + (waiting - 2) * level
            at[1] = base + (waiting - 1) * level
            call(r.merge, count, at, acc)
            waiting -= 1
            full //= 2
    while waiting > 1:
        at[0] = base + (waiting - 2) * level
        at[1] = base + (waiting - 1) * level
        call(r.merge, count, at, acc)
        waiting -= 1
    at[0] = base
    if row < last:
        at[1] = a + row * r.row_step
        call(r.fold, lanes * (last - row), at, operand)
    while stacked > 1:
        stacked //= 2
        at[1] = base + lanes * stacked * r.width
        call(r.merge, lanes * stacked, at, acc)
    target = carray(pointer(np.uintp(out)), lanes * r.width, np.uint8)
    for i in range(lanes * r.width):
        target[i] = scratch[i]


reduce_part = compiled(_reduce_part)


def _reduce_all(r: Reduction, a: int, out: int, chunk: int) -> None:
    """Every result of every part; those of a part lie row by row, one part after the other."""
    last = len(r.shape) - 1
    inner = r.shape[last]
    tiles = (inner + r.lanes - 1) // r.lanes
    outer = 1
    for d in range(last):
        outer *= r.shape[d]
    parts = (r.rows + r.part - 1) // r.part
    tasks = parts * outer * tiles
    levels = 2
    while (RUN << levels) < r.part:
        levels += 1
    for c in prange((tasks + chunk - 1) // chunk):
        start = np.int64(c) * chunk
        scratch = np.empty((levels + 1) * r.lanes * r.stacked * r.width, np.uint8)
        at = np.empty(6, np.int64)
        acc = np.full(2, r.width, np.int64)
        for task in range(start, min(start + chunk, tasks)):
            tile = task % tiles * r.lanes
            row = task // tiles % outer
            part = task // tiles // outer
            source = a + tile * r.steps[last]
            k = row
            for d in range(last - 1, -1, -1):
                source += k % r.shape[d] * r.steps[d]
                k //= r.shape[d]
            target = out + ((part * outer + row) * inner + tile) * r.width
            lanes = min(r.lanes, inner - tile)
            reduce_part(r, source, target, lanes, part * r.part, min((part + 1) * r.part, r.rows), at, acc, scratch)


reduce_all = compiled(_reduce_all)
reduce_all_in_parallel = in_parallel(_reduce_all)
