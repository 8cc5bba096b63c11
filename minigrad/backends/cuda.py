"""The CUDA backend: numba kernels on a GPU, where the elements stay between operations.

A scalar function becomes a kernel the first time that it is needed (``cuda_kernels.py``). It runs on numba's simulator
as well, where it is very slow and good for tests alone: set ``NUMBA_ENABLE_CUDASIM=1`` before numba is imported.
"""

from __future__ import annotations

import builtins
import math
from typing import Any, NamedTuple

import numpy as np

from minigrad.backends import Array, ScalarFunction, Storage, Strided, cuda_kernels
from minigrad.backends import numpy as numpy_backend
from minigrad.backends.cuda_kernels import matmul_kernel, reduce_kernel, zip_kernel
from minigrad.backends.loops import Loops, nest
from minigrad.dtypes import DType, Number
from minigrad.errors import MinigradError
from minigrad.strides import Layout, row_major, strides_of

try:
    from numba import cuda
except ImportError as error:
    raise MinigradError(f"numba.cuda cannot be loaded, so there is no cuda backend: {error}") from error

name = "cuda"

BLOCKS = 1 << 12
"""How many blocks a map or zip is launched with, at most; a thread then takes more than one turn."""
ENOUGH_BLOCKS = 1 << 10
"""How many blocks keep a GPU busy. A reduction to fewer results is made in parts, and then of the parts."""


def check() -> None:
    """Raise an error if there is nothing for kernels to run on."""
    if not cuda.is_available():  # type: ignore[no-untyped-call]
        raise MinigradError("numba finds no GPU; NUMBA_ENABLE_CUDASIM=1 in the environment simulates one, slowly")


class _Row(NamedTuple):
    """A storage and a layout of it."""

    storage: Storage
    layout: Layout


def empty(numel: int, dtype: DType) -> Storage:
    """A storage on the device for ``numel`` elements, which hold nothing yet."""
    return cuda.device_array(numel, dtype)


def store(elements: Array) -> Storage:
    """A storage on the device with a copy of these elements."""
    return cuda.to_device(np.ascontiguousarray(elements))


def load(source: Strided) -> Array:
    """The elements as a NumPy array: a copy, on the host."""
    shape, strides, first = source.layout
    if 0 in shape:
        return np.empty(shape, source.storage.dtype)
    last = first + sum((size - 1) * stride for size, stride in builtins.zip(shape, strides, strict=True))
    row = source.storage[first : last + 1].copy_to_host()
    return numpy_backend.load(_Row(row, Layout(shape, strides)))


def map(function: ScalarFunction, out: Strided, a: Strided) -> None:
    """``out[i] = function(a[i])`` for every index ``i``."""
    zip(function, out, a)


def zip(function: ScalarFunction, out: Strided, *operands: Strided) -> None:
    """``out[i] = function(a[i], b[i], ...)`` for every index ``i``."""
    apart = [_apart(operand, out) for operand in operands]
    tensors = [out, *apart]
    loops = nest(out.layout.shape, *[tensor.layout.strides for tensor in tensors])
    size = math.prod(loops.shape)
    if not size:
        return
    dtypes = [tensor.storage.dtype for tensor in tensors]
    first = [tensor.layout.offset for tensor in tensors]
    inner = [moves[-1] for moves in loops.strides]
    if len(loops.shape) == 1 and inner[0] == 1 and all(step in (0, 1) for step in inner):
        kernel = zip_kernel(function, 0, "".join(builtins.map(str, inner[1:])), *dtypes)
        each, places = cuda_kernels.EACH, first
    else:
        kernel = zip_kernel(function, len(loops.shape), "", *dtypes)
        each, places = 1, _places(loops, first)
    blocks = min(_ratio(size, cuda_kernels.THREADS * each), BLOCKS)
    storages = [tensor.storage for tensor in tensors]
    kernel[blocks, cuda_kernels.THREADS](*storages, size, *loops.shape[1:], *places)


def reduce(function: ScalarFunction, out: Strided, a: Strided, dim: int, start: Number) -> None:
    """``function`` over the elements of ``a`` along ``dim``; ``start`` where there are none."""
    a = _apart(a, out)
    shape, strides, _ = a.layout
    kept = [d for d in range(len(shape)) if d != dim]
    loops = nest(*[tuple([each[d] for d in kept]) for each in (shape, out.layout.strides, strides)])
    if 0 in loops.shape:
        return
    rows, row_step, dtype = shape[dim], strides[dim], out.storage.dtype
    threads, parts = _block(loops, rows, row_step)
    if parts == 1:
        _reduce(function, start, loops, out, a, rows, row_step, threads, 1)
        return
    size = math.prod(loops.shape)
    row = strides_of(loops.shape)
    partial = _Row(empty(parts * size, dtype), row_major(loops.shape))
    _reduce(function, start, Loops(loops.shape, (row, loops.strides[1])), partial, a, rows, row_step, threads, parts)
    loops = Loops(loops.shape, (loops.strides[0], row))
    _reduce(function, start, loops, out, partial, parts, size, _block(loops, parts, size)[0], 1)


def _block(loops: Loops, rows: int, row_step: int) -> tuple[tuple[int, int], int]:
    """Threads in x, which have a result each, and in y, which share its rows; and in how many parts rows come."""
    threads = cuda_kernels.THREADS
    if row_step < loops.strides[1][-1] or loops.shape[-1] == 1:  # neighbours in memory are in one row
        y = min(_power_of_two(_ratio(rows, cuda_kernels.EACH)), threads)
        x = threads // y
    else:
        x = min(_power_of_two(loops.shape[-1]), 32, threads)
        y = threads // x
    blocks = _ratio(math.prod(loops.shape), x)
    return (x, y), max(1, min(_ratio(ENOUGH_BLOCKS, blocks), rows // (4 * cuda_kernels.EACH * y)))


def _reduce(
    function: ScalarFunction,
    start: Number,
    loops: Loops,
    out: Strided,
    a: Strided,
    rows: int,
    row_step: int,
    threads: tuple[int, int],
    parts: int,
) -> None:
    size = math.prod(loops.shape)
    kernel = reduce_kernel(function, len(loops.shape), out.storage.dtype, a.storage.dtype)
    kernel[(_ratio(size, threads[0]), parts), threads](
        *(out.storage, a.storage, start, rows, row_step, _ratio(rows, parts), size, size, *loops.shape[1:]),
        *_places(loops, [out.layout.offset, a.layout.offset]),
    )


def matmul(out: Strided, a: Strided, b: Strided) -> None:
    """``out[..., i, j]`` is the sum over ``k`` of ``a[..., i, k] * b[..., k, j]``."""
    tensors = [out, *[each if each.storage is not out.storage else _copied(each) for each in (a, b)]]
    *batch, rows, columns = out.layout.shape
    loops = nest(tuple(batch), *[tensor.layout.strides[:-2] for tensor in tensors])
    size = math.prod(batch)
    if not size * rows * columns:
        return
    tile = cuda_kernels.TILE
    places = [
        place
        for moves, (_, strides, first) in builtins.zip(
            loops.strides, [tensor.layout for tensor in tensors], strict=True
        )
        for place in (first, *moves, *strides[-2:])
    ]
    kernel = matmul_kernel(len(loops.shape), out.storage.dtype)
    kernel[(_ratio(rows, tile), _ratio(columns, tile), min(size, 65535)), (tile, tile)](
        *[tensor.storage for tensor in tensors], rows, a.layout.shape[-1], columns, size, *loops.shape[1:], *places
    )


def _places(loops: Loops, first: list[int]) -> list[int]:
    """For each tensor, where its first element lies, and how far it moves at a turn of each loop."""
    return [place for moves, start in builtins.zip(loops.strides, first, strict=True) for place in (start, *moves)]


def _apart(operand: Strided, out: Strided) -> Strided:
    """The operand, or a copy if threads would read in it what others write."""
    if operand.storage is not out.storage or operand.layout == out.layout:
        return operand
    return _copied(operand)


def _copied(tensor: Strided) -> _Row:
    shape = tensor.layout.shape
    copy = _Row(empty(math.prod(shape), tensor.storage.dtype), row_major(shape))
    map(_same, copy, tensor)
    return copy


def _same(a: Any) -> Any:
    return a


def _ratio(a: int, b: int) -> int:
    """``a / b``, rounded up."""
    return -(-a // b)


def _power_of_two(least: int) -> int:
    """The smallest power of two that is not below a number."""
    return 1 << max(least - 1, 0).bit_length()
