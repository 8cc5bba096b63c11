"""CUDA kernels made from scalar functions and formulas of indices.

The source of a kernel is written for one scalar function, one combination of dtypes and one nest of loops, and then
compiled by numba. Tensors are one row of elements each; a number says where in it the first one lies.
Every kernel works with any grid and checks its indices; blocks have :data:`THREADS` threads, but for matmul's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from minigrad.backends import ScalarFunction
from minigrad.backends.formula import Typed, formula, typed
from minigrad.backends.generated import module
from minigrad.backends.source import cast, lines
from minigrad.dtypes import DType

THREADS = 256
"""Threads in a block: a power of two."""
EACH = 4
"""How many elements a thread takes in a turn, all read before one is written, so that their ways to it overlap."""
TILE = 16
"""The side of the square of a matrix that a block holds in shared memory."""


_HEAD = """\
import math

from numba import cuda, {types}

"""


@lru_cache(maxsize=4096)
def zip_kernel(function: ScalarFunction, dims: int, pattern: str, out: DType, *operands: DType) -> Any:
    """The kernel that maps or zips, for so many loops; ``dims`` is 0 where a single index tells all places.

    ``pattern`` then has a letter for each operand: ``0`` if there is one element for all indices, else ``1``.
    """
    return _kernel(zip_source(function, dims, pattern, out, *operands))


def zip_source(function: ScalarFunction, dims: int, pattern: str, out: DType, *operands: DType) -> str:
    r"""The source of the kernel that maps or zips.

    >>> import numpy as np
    >>> single = np.dtype(np.float32)
    >>> print(zip_source(lambda a: -a, 2, "", single, single).partition("@cuda.jit\n")[2])
    def kernel(out, a0, size, size1, out_first, out_step0, out_step1, a0_first, a0_step0, a0_step1):
        k = cuda.grid(1)
        while k < size:
            rest = k
            i1 = rest % size1
            i0 = rest // size1
            v0 = a0[a0_first + i0 * a0_step0 + i1 * a0_step1]
            out[out_first + i0 * out_step0 + i1 * out_step1] = function(v0)
            k += cuda.gridsize(1)
    <BLANKLINE>
    """
    found = typed(formula(function, len(operands)), operands)
    tensors = ["out", *[f"a{i}" for i in range(len(operands))]]
    head = _head(found, out) + _device_function("function", found, out)
    parameters = [*tensors, "size", *_sizes(dims), *[each for name in tensors for each in _places(name, dims)]]
    body = _strided(tensors, dims) if dims else _flat(tensors, pattern)
    return f"{head}\n\n@cuda.jit\ndef kernel({', '.join(parameters)}):\n{_indented(body)}"


def _strided(tensors: list[str], dims: int) -> str:
    reads = "".join(f"v{i} = {name}[{_place(name, dims)}]\n" for i, name in enumerate(tensors[1:]))
    values = ", ".join(f"v{i}" for i in range(len(tensors) - 1))
    turn = f"{_indices('k', dims)}{reads}out[{_place('out', dims)}] = function({values})\nk += cuda.gridsize(1)\n"
    return f"k = cuda.grid(1)\nwhile k < size:\n{_indented(turn)}"


def _flat(tensors: list[str], pattern: str) -> str:
    """A thread takes some elements in a turn, and reads them all before it writes one: their ways overlap."""
    repeated = [i for i, letter in enumerate(pattern) if letter == "0"]

    def read(e: int | str, k: str) -> str:
        return "".join(
            f"v{i}_{e} = {name}[{name}_first + {k}]\n" for i, name in enumerate(tensors[1:]) if i not in repeated
        )

    def write(e: int | str, k: str) -> str:
        values = ", ".join(f"v{i}" if i in repeated else f"v{i}_{e}" for i in range(len(tensors) - 1))
        return f"out[out_first + {k}] = function({values})\n"

    places = ["k", *[f"k + {e} * cuda.blockDim.x" for e in range(1, EACH)]]
    whole = "".join(read(e, k) for e, k in enumerate(places)) + "".join(write(e, k) for e, k in enumerate(places))
    return (
        "".join(f"v{i} = a{i}[a{i}_first]\n" for i in repeated)
        + f"turn = {EACH} * cuda.blockDim.x\n"
        + "k = cuda.blockIdx.x * turn + cuda.threadIdx.x\n"
        + f"while k + {EACH - 1} * cuda.blockDim.x < size:\n"
        + _indented(f"{whole}k += turn * cuda.gridDim.x\n")
        + "end = k - cuda.threadIdx.x + turn\n"
        + "while k < size and k < end:\n"
        + _indented(f"{read(0, 'k')}{write(0, 'k')}k += cuda.blockDim.x\n")
    )


@lru_cache(maxsize=4096)
def reduce_kernel(function: ScalarFunction, dims: int, out: DType, a: DType) -> Any:
    """The kernel that reduces, for so many loops over the results."""
    return _kernel(reduce_source(function, dims, out, a))


def reduce_source(function: ScalarFunction, dims: int, out: DType, a: DType) -> str:
    """The source of the kernel that reduces.

    A block makes as many results as it has threads in x, from one part of the rows. Its threads in y share the rows
    out among them, each with {EACH} sums, and meet in shared memory. The results of part p lie p parts on.
    """
    found = typed(formula(function, 2), (out, out))
    shared = "uint8" if out.kind == "b" else out.name
    element = "shared[{}]" + (" != 0" if out.kind == "b" else "")
    row = "a[place + {} * row_step]"
    row = row if out == a else cast(out, row)
    sums = [f"sum{e}" for e in range(EACH)]
    threads = ["r", *[f"r + {e} * cuda.blockDim.y" for e in range(1, EACH)]]
    combine = [f"sum0 = function(sum0, {each})\n" for each in sums[1:]]
    body = (
        f"shared = cuda.shared.array({THREADS}, {shared})\n"
        "x = cuda.threadIdx.x\n"
        "y = cuda.threadIdx.y\n"
        "t = y * cuda.blockDim.x + x\n"
        "k = cuda.blockIdx.x * cuda.blockDim.x + x\n"
        + _indices("k", dims)
        + f"start = {cast(out, 'identity')}\n"
        + "".join(f"{each} = start\n" for each in sums)
        + "if k < size:\n"
        + _indented(
            f"place = {_place('a', dims)}\n"
            "r = cuda.blockIdx.y * part + y\n"
            "last = (cuda.blockIdx.y + 1) * part\n"
            "if last > rows:\n"
            "    last = rows\n"
            f"while r + {EACH - 1} * cuda.blockDim.y < last:\n"
            + _indented(
                "".join(f"v{e} = {row.format(f'({each})')}\n" for e, each in enumerate(threads))
                + "".join(f"sum{e} = function(sum{e}, v{e})\n" for e in range(EACH))
                + f"r += {EACH} * cuda.blockDim.y\n"
            )
            + "while r < last:\n"
            + _indented(f"sum0 = function(sum0, {row.format('r')})\nr += cuda.blockDim.y\n")
        )
        + "".join(combine)
        + "shared[t] = sum0\n"
        "cuda.syncthreads()\n"
        "half = cuda.blockDim.y // 2\n"
        "while half > 0:\n"
        "    if y < half:\n"
        f"        shared[t] = function({element.format('t')}, {element.format('t + half * cuda.blockDim.x')})\n"
        "    cuda.syncthreads()\n"
        "    half = half // 2\n"
        "if y == 0 and k < size:\n"
        f"    out[{_place('out', dims)} + cuda.blockIdx.y * out_part] = {element.format('x')}\n"
    )
    parameters = ["out", "a", "identity", "rows", "row_step", "part", "out_part", "size", *_sizes(dims)]
    parameters += [*_places("out", dims), *_places("a", dims)]
    head = _head(found, out, a) + _device_function("function", found, out)
    return f"{head}\n\n@cuda.jit\ndef kernel({', '.join(parameters)}):\n{_indented(body)}"


@lru_cache(maxsize=256)
def matmul_kernel(dims: int, dtype: DType) -> Any:
    """The kernel that multiplies matrices, for so many loops over the batch."""
    return _kernel(matmul_source(dims, dtype))


def matmul_source(dims: int, dtype: DType) -> str:
    """The source of the kernel that multiplies matrices.

    A block of TILE x TILE threads makes a square of the result. It walks along a row of squares of ``a`` and a column
    of squares of ``b``, and each element is read once for all the threads that need it.
    """
    name = dtype.name
    turn = (
        "for tile in range((inner + TILE - 1) // TILE):\n"
        "    k = tile * TILE + x\n"
        f"    square_a[y, x] = a[a_place + i * a_row + k * a_column] if i < rows and k < inner else {name}(0)\n"
        "    k = tile * TILE + y\n"
        f"    square_b[y, x] = b[b_place + k * b_row + j * b_column] if k < inner and j < columns else {name}(0)\n"
        "    cuda.syncthreads()\n"
        "    for k in range(TILE):\n"
        f"        total = {name}(total + {name}(square_a[y, k] * square_b[k, x]))\n"
        "    cuda.syncthreads()\n"
    )
    body = (
        f"square_a = cuda.shared.array((TILE, TILE), {name})\n"
        f"square_b = cuda.shared.array((TILE, TILE), {name})\n"
        "x = cuda.threadIdx.x\n"
        "y = cuda.threadIdx.y\n"
        "i = cuda.blockIdx.x * TILE + y\n"
        "j = cuda.blockIdx.y * TILE + x\n"
        "batch = cuda.blockIdx.z\n"
        "while batch < size:\n"
        + _indented(
            _indices("batch", dims)
            + f"a_place = {_place('a', dims)}\n"
            + f"b_place = {_place('b', dims)}\n"
            + f"total = {name}(0)\n"
            + turn
            + "if i < rows and j < columns:\n"
            + f"    out[{_place('out', dims)} + i * out_row + j * out_column] = total\n"
            + "batch += cuda.gridDim.z\n"
        )
    )
    parameters = ["out", "a", "b", "rows", "inner", "columns", "size", *_sizes(dims)]
    for tensor in ("out", "a", "b"):
        parameters += [*_places(tensor, dims), f"{tensor}_row", f"{tensor}_column"]
    return (
        _HEAD.format(types=name)
        + f"TILE = {TILE}\n\n\n@cuda.jit\ndef kernel({', '.join(parameters)}):\n{_indented(body)}"
    )


# --- Pieces of source


def _kernel(text: str) -> Any:
    return module(text, "kernel").__dict__["kernel"]


def _head(found: Typed, *others: DType) -> str:
    names = {dtype.name for dtype in (*found.operands, *found.meeting, *found.results, *others)} - {"bool"}
    return _HEAD.format(types=", ".join(sorted(names | {"uint8"})))


def _device_function(name: str, found: Typed, out: DType) -> str:
    """The scalar function as a function of the device."""
    elements = ", ".join(f"v{i}" for i in range(len(found.operands)))
    body = "".join(f"{line}\n" for line in [*lines(found, out), "return result"])
    return f"\n@cuda.jit(device=True)\ndef {name}({elements}):\n{_indented(body)}"


def _sizes(dims: int) -> list[str]:
    """The parameters that say how often each loop turns; how often the outermost does follows from the rest."""
    return [f"size{d}" for d in range(1, dims)]


def _places(tensor: str, dims: int) -> list[str]:
    """The parameters that say where a tensor's elements lie: the first, and how far each loop moves."""
    return [f"{tensor}_first", *[f"{tensor}_step{d}" for d in range(dims)]]


def _place(tensor: str, dims: int) -> str:
    """Where the element at indices i0, i1, ... lies."""
    return " + ".join([f"{tensor}_first", *[f"i{d} * {tensor}_step{d}" for d in range(dims)]])


def _indices(k: str, dims: int) -> str:
    """Lines that find the indices i0, i1, ... of the k-th element."""
    text = f"rest = {k}\n"
    for d in reversed(range(2, dims)):
        text += f"i{d} = rest % size{d}\nrest = rest // size{d}\n"
    return text + ("i1 = rest % size1\ni0 = rest // size1\n" if dims > 1 else "i0 = rest\n")


def _indented(text: str) -> str:
    return "".join(f"    {line}" for line in text.splitlines(keepends=True))
