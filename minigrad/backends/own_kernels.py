"""A backend made of somebody's own kernels: the answers to puzzles 30 to 33, or to 34 to 36.

Each verb has a function that makes a kernel. A scalar function of the library is written out as source, from its
formula, and compiled; the verb's function gets it once, and the kernel that comes out is kept. What the puzzles ask of
no kernel is left to another backend, which also has the storages: NumPy's, or for CUDA kernels the cuda backend.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from minigrad.backends import Array, Backend, ScalarFunction, Storage, Strided, get
from minigrad.backends.formula import Formula, formula, typed
from minigrad.backends.loops import nest
from minigrad.backends.source import lines
from minigrad.dtypes import DType, Number
from minigrad.errors import MinigradError
from minigrad.strides import Layout, Shape, Strides, row_major

MAX_DIMS = 4
"""How many dimensions the tensors of the puzzles have, at most."""

ELEMENT: DType = np.dtype(np.float32)
"""What the elements of the puzzles' tensors are."""

THREADS = 128
"""Threads in a block of a map or zip that runs on a GPU."""

BLOCKS = 1 << 12
"""How many blocks a map or zip is launched with, at most; a thread then takes more than one turn."""

Maker = Callable[..., Any]


class _Row(NamedTuple):
    """A storage and a layout of it."""

    storage: Storage
    layout: Layout


class OwnKernels:
    """The backend that :func:`minigrad.backends.from_kernels` makes; ``calls`` counts the calls of its own kernels."""

    def __init__(self, makers: dict[str, Maker], name: str, tpb: int | None) -> None:
        self.name = name
        self.calls = dict.fromkeys(makers, 0)
        self._makers = makers
        self._tpb = tpb
        self._home: Backend = get("numpy" if tpb is None else "cuda")
        self._kernels: dict[tuple[str, Formula | None], Any] = {}
        self.empty = self._home.empty
        self.store = self._home.store
        self.load = self._home.load

    def map(self, function: ScalarFunction, out: Strided, a: Strided) -> None:
        """``out[i] = function(a[i])`` for every index ``i``."""
        self.zip(function, out, a)

    def zip(self, function: ScalarFunction, out: Strided, *operands: Strided) -> None:
        """``out[i] = function(a[i], b[i], ...)`` for every index ``i``."""
        if len(operands) > 2 or not _are_floats(out, *operands):
            self._home.zip(function, out, *operands)
            return
        tensors = (out, *[self._apart(operand, out, in_place=True) for operand in operands])
        shape, strides = out.layout.shape, tuple([tensor.layout.strides for tensor in tensors])
        if len(shape) > MAX_DIMS:  # they may lie so that fewer loops will do
            shape, strides = nest(shape, *strides)
        size = math.prod(shape)
        if len(shape) > MAX_DIMS:
            self._home.zip(function, *tensors)
        elif size:
            _check_writeable(out)
            verb = "map" if len(operands) == 1 else "zip"
            kernel = self._kernel(verb, formula(function, len(operands)))
            given = [_cells(tensor, shape, each) for tensor, each in zip(tensors, strides, strict=True)]
            blocks = min(-(-size // THREADS), BLOCKS)
            self._run(verb, kernel, size, given, (), (blocks, THREADS))

    def reduce(self, function: ScalarFunction, out: Strided, a: Strided, dim: int, start: Number) -> None:
        """``function`` over the elements of ``a`` along ``dim``; ``start`` where there are none."""
        size = math.prod(out.layout.shape)
        if len(out.layout.shape) > MAX_DIMS or not _are_floats(out, a):
            self._home.reduce(function, out, a, dim, start)
        elif size:
            given = [_cells(tensor, *tensor.layout[:2]) for tensor in (out, self._apart(a, out))]
            kernel = self._kernel("reduce", formula(function, 2))
            if self._tpb is None:
                _check_writeable(out)
                self.load(out)[...] = start
                self._run("reduce", kernel, size, given, (dim,))
            else:
                self._run("reduce", kernel, size, given, (dim, float(start)), (size, self._tpb))

    def matmul(self, out: Strided, a: Strided, b: Strided) -> None:
        """``out[..., i, j]`` is the sum over ``k`` of ``a[..., i, k] * b[..., k, j]``."""
        size = math.prod(out.layout.shape)
        if "matmul" not in self._makers or len(out.layout.shape) > MAX_DIMS or not _are_floats(out, a, b):
            self._home.matmul(out, a, b)
        elif size:
            _check_writeable(out)
            tensors = (out, self._apart(a, out), self._apart(b, out))
            given = [_cells(tensor, *tensor.layout[:2]) for tensor in tensors]
            self._run("matmul", self._kernel("matmul", None), size, given)

    def _run(
        self,
        verb: str,
        kernel: Any,
        size: int,
        tensors: list[tuple[Any, Any, Any]],
        others: tuple[Number, ...] = (),
        launch: tuple[int, int] = (1, 1),
    ) -> None:
        """Call a kernel, or launch it, which also says how many elements the first tensor has."""
        self.calls[verb] += 1
        given = [*chain.from_iterable(tensors)]
        if self._tpb is None:
            kernel(*given, *others)
        else:
            on_device = [each if place % 3 == 0 else self.store(each) for place, each in enumerate(given)]
            kernel[launch](*on_device[:3], size, *on_device[3:], *others)

    def _kernel(self, verb: str, found: Formula | None) -> Any:
        """The verb's kernel for what a scalar function computes."""
        if (verb, found) not in self._kernels:
            given = () if found is None else (_scalar_function(found, on_gpu=self._tpb is not None),)
            kernel = self._makers[verb](*given)
            if not callable(kernel):
                raise MinigradError(f"tensor_{verb} of {self.name} returned {kernel!r}, and has to return a kernel")
            self._kernels[verb, found] = kernel
        return self._kernels[verb, found]

    def _apart(self, operand: Strided, out: Strided, in_place: bool = False) -> Strided:
        """The operand, or a copy if the kernel would write in it what it has yet to read."""
        storage = operand.storage
        if isinstance(storage, np.ndarray) and storage.flags.writeable:
            shared = np.may_share_memory(storage, out.storage)
        else:  # what is read-only has another type for numba, and would have the kernel compiled once more
            shared = storage is out.storage or isinstance(storage, np.ndarray)
        if not shared or (in_place and storage is out.storage and operand.layout == out.layout):
            return operand
        shape = operand.layout.shape
        copy = _Row(self.empty(math.prod(shape), storage.dtype), row_major(shape))
        self._home.map(_same, copy, operand)
        return copy


def _same(a: Any) -> Any:
    return a


def _are_floats(*tensors: Strided) -> bool:
    return all(tensor.storage.dtype == ELEMENT for tensor in tensors)


def _check_writeable(out: Strided) -> None:
    if isinstance(out.storage, np.ndarray) and not out.storage.flags.writeable:
        raise MinigradError("this tensor shares a read-only array, so it cannot be written; clone it first")


def _cells(tensor: Strided, shape: Shape, strides: Strides) -> tuple[Storage, Array, Array]:
    """A tensor as a kernel gets it: its storage, from the first element to the last, its shape and its strides."""
    first = tensor.layout.offset
    size = 0 if 0 in shape else 1 + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
    return tensor.storage[first : first + size], np.array(shape, np.int64), np.array(strides, np.int64)


# --- Scalar functions

_HEAD = """\
import math

import numpy as np
from numba import {names}

"""

_ON_CPU = "@njit(error_model='numpy')"
_ON_GPU = "@cuda.jit(device=True)"

_INSTEAD = {(name, "float32"): f"np.{name}({{0}})" for name in ("floor", "ceil", "trunc")}
"""On a CPU, functions of ``math`` that numba makes ints of, which neither infinity nor nan is."""


@lru_cache(maxsize=4096)
def _scalar_function(found: Formula, on_gpu: bool) -> Any:
    """A formula of float32 elements as a function that numba has compiled, or will when a kernel calls it."""
    generated: Any = import_module("minigrad.backends.generated")  # only now, since it loads numba
    return generated.module(source(found, on_gpu), "scalar").__dict__["function"]


def source(found: Formula, on_gpu: bool = False) -> str:
    """The source of a scalar function of float32 elements.

    >>> print(source(formula(lambda a, b: a * b + 1, 2)).partition("\\n\\n\\n")[2])
    @njit(error_model='numpy')
    def function(v0, v1):
        v2 = float32(v0 * v1)
        v3 = float32(v2 + float32(1))
        result = v3
        return result
    <BLANKLINE>
    """
    steps = typed(found, (ELEMENT,) * found.arity)
    body = [*lines(steps, ELEMENT, {} if on_gpu else _INSTEAD), "return result"]
    names = {dtype.name for dtype in (ELEMENT, *steps.meeting, *steps.results)} - {"bool"}
    elements = ", ".join(f"v{place}" for place in range(found.arity))
    head = _HEAD.format(names=", ".join(sorted(names | {"cuda" if on_gpu else "njit"})))
    decorator = _ON_GPU if on_gpu else _ON_CPU
    return head + "\n".join([f"\n{decorator}", f"def function({elements}):", *[f"    {line}" for line in body]]) + "\n"
