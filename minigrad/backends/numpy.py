"""The NumPy backend: each step of a scalar function is a NumPy function on whole arrays.

There is nothing to compile. A function of one step writes straight into the result. One of several, such as
``1 / (1 + exp(-a))``, is carried out on pieces that fit into the cache, so that what lies between the steps never
goes through memory. Overflow and division by zero follow IEEE in silence, as in PyTorch.
"""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from minigrad.backends import Array, ScalarFunction, Strided
from minigrad.backends.formula import OPERATIONS, Operand, formula, typed
from minigrad.backends.formula import Number as FormulaNumber
from minigrad.backends.loops import nest, pieces
from minigrad.backends.short import short as short  # what the backend offers small tensors
from minigrad.backends.silence import silently
from minigrad.dtypes import DType, Number
from minigrad.errors import MinigradError
from minigrad.strides import Shape, Strides

name = "numpy"

PIECE = 1 << 16
"""How many elements a function of several steps works on at a time."""


def empty(numel: int, dtype: DType) -> Array:
    """A storage for ``numel`` elements, which hold nothing yet."""
    return np.empty(numel, dtype)


def store(elements: Array) -> Array:
    """These elements themselves, in the memory where they are."""
    return elements


def load(source: Strided) -> Array:
    """The elements as an array that shares the storage's memory."""
    shape, strides, offset = source.layout
    return view(source.storage, shape, strides, offset)


def map(function: ScalarFunction, out: Strided, a: Strided) -> None:
    """``out[i] = function(a[i])`` for every index ``i``."""
    zip(function, out, a)


def zip(function: ScalarFunction, out: Strided, *operands: Strided) -> None:
    """``out[i] = function(a[i], b[i], ...)`` for every index ``i``."""
    plan = _plan(function, out.storage.dtype, *[operand.storage.dtype for operand in operands])
    shape, moves = nest(out.layout.shape, out.layout.strides, *[operand.layout.strides for operand in operands])
    if 0 in shape:
        return
    target = _writeable(view(out.storage, shape, moves[0], out.layout.offset))
    given = [
        view(operand.storage, shape, move, operand.layout.offset)
        for operand, move in builtins.zip(operands, moves[1:], strict=True)
    ]
    if plan.alone:
        silently(plan.alone, *given, out=target)
    elif not plan.calls or target.size <= PIECE:
        silently(_carry_out, plan, target, given)
    else:
        silently(_carry_out_in_pieces, plan, target, given)


def reduce(function: ScalarFunction, out: Strided, a: Strided, dim: int, start: Number) -> None:
    """``function`` over the elements of ``a`` along ``dim``; ``start`` where there are none."""
    target, elements = _writeable(_dim_first(out, dim)), _dim_first(a, dim)
    if len(elements) == 0:
        target[...] = start
    elif target.size:
        silently(_combine, function, target, elements)


def matmul(out: Strided, a: Strided, b: Strided) -> None:
    """``out[..., i, j]`` is the sum over ``k`` of ``a[..., i, k] * b[..., k, j]``."""
    target, left, right = _writeable(load(out)), load(a), load(b)
    if left.ndim > 2 and target.size and left.size and not any(b.layout.strides[:-2]):
        # One matrix for the whole batch. Where the rows of the batch lie evenly, they are one tall matrix.
        rows, moves = nest(out.layout.shape[:-1], out.layout.strides[:-1], a.layout.strides[:-1])
        if len(rows) == 1:
            target = _tall(out, rows, moves[0])
            left = _tall(a, rows, moves[1])
            right = right[(0,) * (right.ndim - 2)]
    silently(np.matmul, left, right, target)


def _tall(matrices: Strided, rows: Shape, step: Strides) -> Array:
    """A batch of matrices as one."""
    shape, strides, offset = matrices.layout
    return view(matrices.storage, (*rows, shape[-1]), (*step, strides[-1]), offset)


# --- Arrays


def view(storage: Array, shape: Shape, strides: Strides, offset: int) -> Array:
    """The elements that lie in a storage at these strides."""
    if len(shape) == 1 and strides[0] == 1:
        return storage[offset : offset + shape[0]]
    if 0 in shape:
        return np.empty(shape, storage.dtype)
    width = storage.itemsize
    return np.ndarray(shape, storage.dtype, storage, offset * width, [stride * width for stride in strides])


def _dim_first(source: Strided, dim: int) -> Array:
    """As :func:`load`, with dimension ``dim`` in front."""
    shape, strides, offset = source.layout
    shape = (shape[dim], *shape[:dim], *shape[dim + 1 :])
    return view(source.storage, shape, (strides[dim], *strides[:dim], *strides[dim + 1 :]), offset)


def _writeable(target: Array) -> Array:
    if not target.flags.writeable:
        raise MinigradError("this tensor shares a read-only array, so it cannot be written; clone it first")
    return target


# --- Map and zip


class _Call(NamedTuple):
    """A NumPy function, the values that it takes, and which of them, needed no more, its result may overwrite."""

    function: Callable[..., Any]
    operands: tuple[int, ...]
    over: int | None


class _Plan(NamedTuple):
    """A scalar function as NumPy calls. Values are counted: first numbers, then operands, then what calls give."""

    numbers: tuple[Any, ...]
    calls: tuple[_Call, ...]
    result: int
    direct: bool
    """Whether the last call can write into the result: it gives the dtype that the result has."""
    alone: np.ufunc | None
    """The NumPy function that is all there is to do, if one is."""


@lru_cache(maxsize=4096)
def _plan(function: ScalarFunction, out: DType, *operands: DType) -> _Plan:
    """The NumPy calls that a scalar function is, on elements of these dtypes."""
    found = formula(function, len(operands))
    steps = typed(found, operands)
    dtypes = steps.results
    meetings = [(step.operands, meeting) for step, meeting in builtins.zip(found.steps, steps.meeting, strict=True)]
    numbers = {
        (operand, dtype): operand.as_array(dtype)
        for given, dtype in [*meetings, ((found.result,), out)]
        for operand in given
        if isinstance(operand, FormulaNumber)
    }
    order = [*numbers]

    def place(operand: Operand, dtype: DType) -> int:
        return order.index((operand, dtype)) if isinstance(operand, FormulaNumber) else len(order) + operand

    last_use = {operand: i for i, step in enumerate(found.steps) for operand in step.operands}
    calls = []
    for i, (operation, given) in enumerate(found.steps):
        over = [
            place(operand, dtypes[i])
            for operand in given
            if isinstance(operand, int) and operand >= len(operands) and last_use[operand] == i
            and dtypes[operand - len(operands)] == dtypes[i]
        ]  # fmt: skip
        calls.append(
            _Call(
                OPERATIONS[operation].on_arrays,
                tuple(place(operand, steps.meeting[i]) for operand in given),
                over[0] if over else None,
            )
        )
    direct = bool(calls) and dtypes[-1] == out
    alone = calls[0].function if direct and len(calls) == 1 and calls[0].operands == (*range(len(operands)),) else None
    return _Plan(
        tuple(numbers.values()),
        tuple(calls),
        place(found.result, out),
        direct,
        alone if isinstance(alone, np.ufunc) else None,
    )


def _carry_out(plan: _Plan, target: Array, given: list[Array]) -> None:
    values = [*plan.numbers, *given]
    calls = plan.calls[:-1] if plan.direct else plan.calls
    for function, operands, over in calls:
        values.append(function(*[values[operand] for operand in operands], out=None if over is None else values[over]))
    if plan.direct:
        function, operands, _ = plan.calls[-1]
        function(*[values[operand] for operand in operands], out=target)
    else:
        np.copyto(target, values[plan.result], casting="unsafe")


def _carry_out_in_pieces(plan: _Plan, target: Array, given: list[Array]) -> None:
    # What one piece writes, the next must not read.
    given = [array.copy() if np.may_share_memory(array, target) else array for array in given]
    for piece in pieces(target.shape, PIECE):
        _carry_out(plan, target[piece], [array[piece] for array in given])


# --- Reduce

RUN = 128
"""How many rows NumPy may add up one after another: the error of such a sum grows with their number."""


def _combine(function: ScalarFunction, target: Array, elements: Array) -> None:
    """What ``function`` makes of the elements along dimension 0, of which the target has one."""
    ufunc = _as_ufunc(function)
    dtype = target.dtype
    if ufunc is not None:
        if not np.can_cast(elements.dtype, dtype, "same_kind"):
            elements = elements.astype(dtype)
        if elements.strides[0] > min(elements.strides) and elements[0].size >= RUN:
            while len(elements) > RUN:
                runs = range(0, len(elements), RUN)
                elements = np.stack([ufunc.reduce(elements[i : i + RUN], axis=0, dtype=dtype) for i in runs])
        elif elements.size > PIECE and (elements.strides[0] > min(elements.strides) or len(elements) < 16):
            ufunc = None  # short rows, each of which costs NumPy a turn
    if ufunc is not None:
        ufunc.reduce(elements, axis=0, dtype=dtype, out=target, keepdims=True)
        return
    plan = _plan(function, dtype, dtype, dtype)
    while len(elements) > 1:
        elements = _fewer(plan, dtype, elements)
    np.copyto(target, elements, casting="unsafe")


def _fewer(plan: _Plan, dtype: DType, elements: Array) -> Array:
    """Fewer elements along dimension 0, at least one, that give the same when they are combined.

    Pieces are added up that fit into the cache. They are added up in groups, so that no sum has many terms; the
    error of a sum grows with that number.
    """
    rows = min(max(PIECE // 4 // elements[0].size, 1), (len(elements) + 1) // 2)
    group = rows * math.isqrt(len(elements) // rows)
    total = None
    for first in range(0, len(elements), group):
        last = min(first + group, len(elements))
        part = elements[first : first + rows].astype(dtype)
        for start in range(first + rows, last, rows):
            piece = elements[start : min(start + rows, last)].astype(dtype, copy=False)
            _carry_out(plan, part[: len(piece)], [part[: len(piece)], piece])
        if total is None:
            total = part
        else:
            _carry_out(plan, total[: len(part)], [total[: len(part)], part])
    assert total is not None
    return total


@lru_cache(maxsize=1024)
def _as_ufunc(function: ScalarFunction) -> np.ufunc | None:
    """The NumPy function of two operands that a scalar function is, if it is one."""
    found = formula(function, 2)
    if len(found.steps) == 1 and set(found.steps[0].operands) == {0, 1}:
        on_arrays = OPERATIONS[found.steps[0].operation].on_arrays
        return on_arrays if isinstance(on_arrays, np.ufunc) else None
    return None
