"""What a backend is: the verbs map, zip and reduce, and matmul, and the storages that they run on.

A verb gets a scalar function and lifts it to tensors of any strides. A scalar function takes and returns one
element; it is made of operators, ``abs``, functions of :mod:`math` and :func:`select`, and has no other
branch, so that every backend can compile it or run it on many elements at once.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

import numpy.typing as npt

from minigrad.dtypes import DType, Number
from minigrad.errors import MinigradError
from minigrad.strides import Layout

if TYPE_CHECKING:
    from minigrad.backends.own_kernels import OwnKernels

Array = npt.NDArray[Any]
ScalarFunction = Callable[..., Any]
Storage = Any
"""One row of elements, wherever the backend keeps it. It has a ``dtype``."""


class Strided(Protocol):
    """What a verb needs to know of a tensor."""

    @property
    def storage(self) -> Storage: ...
    @property
    def layout(self) -> Layout: ...


class Backend(Protocol):
    """Three verbs, matmul, and a place for elements.

    A verb fills ``out``, in which no two indices share an element; ``out`` may share memory with an operand.
    Operands broadcast before they come: what is repeated has a stride of 0.
    """

    @property
    def name(self) -> str:
        """What people call it, for example ``numpy``."""
        ...

    def empty(self, numel: int, dtype: DType) -> Storage:
        """A storage for ``numel`` elements, which hold nothing yet."""
        ...

    def store(self, elements: Array) -> Storage:
        """A storage of these elements, a NumPy array of one dimension; it may share their memory."""
        ...

    def load(self, source: Strided) -> Array:
        """The elements as a NumPy array; it shares memory where the backend's memory is NumPy's."""
        ...

    def map(self, function: ScalarFunction, out: Strided, a: Strided) -> None:
        """``out[i] = function(a[i])`` for every index ``i``; ``a`` has the shape of ``out``."""
        ...

    def zip(self, function: ScalarFunction, out: Strided, *operands: Strided) -> None:
        """``out[i] = function(a[i], b[i], ...)`` for every index ``i``.

        The operands have the shape of ``out``. They are of one dtype (but for the condition of a choice, which
        is bool); ``out`` may be of another.
        """
        ...

    def reduce(self, function: ScalarFunction, out: Strided, a: Strided, dim: int, start: Number) -> None:
        """``function`` over the elements of ``a`` along ``dim``, two at a time, in any order.

        ``out`` has the shape of ``a``, but 1 at ``dim`` (which is not negative). ``function`` is associative and
        commutative, and ``start`` is its identity: where there is nothing along ``dim``, that is the result.
        The elements are converted to the dtype of ``out`` first.
        """
        ...

    def matmul(self, out: Strided, a: Strided, b: Strided) -> None:
        """``out[..., i, j]`` is the sum over ``k`` of ``a[..., i, k] * b[..., k, j]``.

        All three are of one dtype, which is not bool, and have the same dimensions before the last two.
        """
        ...


def select(condition: Any, a: Any, b: Any) -> Any:
    """``a`` where the condition holds, else ``b``: the one branch that a scalar function may have.

    >>> select(2 > 1, 10, 20)
    10
    """
    return a if condition else b


# --- Which one

NAMES = ("numpy", "numba", "cuda")
"""The backends that come with minigrad."""


def get(backend: str | Backend) -> Backend:
    """The backend of a name, loaded when it is first asked for; a backend itself is what it is.

    >>> get("numpy").name
    'numpy'
    """
    if not isinstance(backend, str):
        return backend
    if backend not in NAMES:
        raise MinigradError(f"there is no backend {backend!r}; there are {', '.join(NAMES)}")
    found: Any = import_module(f"minigrad.backends.{backend}")
    if hasattr(found, "check"):
        found.check()
    return found  # type: ignore[no-any-return]


_default: str | Backend = "numpy"


def default() -> Backend:
    """The backend of tensors that are made without naming one."""
    return get(_default)


def from_kernels(
    tensor_map: Callable[[Any], Any],
    tensor_zip: Callable[[Any], Any],
    tensor_reduce: Callable[[Any], Any],
    tensor_matmul: Callable[[], Any] | None = None,
    *,
    name: str = "own kernels",
    tpb: int | None = None,
) -> OwnKernels:
    """A backend made of your own kernels: the answers to puzzles 30 to 33.

    Each is a function that gets a compiled scalar function (``tensor_matmul`` nothing) and returns a kernel, with the
    parameters that the puzzle names. A kernel is made once for each scalar function. The backend can be given wherever
    a backend's name can: ``with minigrad.backends.use(own):``, ``x.to(own)``, ``minigrad.tensor(..., backend=own)``.

    With ``tpb`` the three are the answers to puzzles 34 to 36, and run on a GPU or on numba's simulator; so many
    threads has a block of the reduction.

    Kernels get what the puzzles say they get: float32 elements, up to four dimensions, one operand or two. All else is
    left to NumPy (with ``tpb``, to the cuda backend): ints and bools and what compares, a choice by a condition, what
    an optimiser does to more than two tensors at once, and products of matrices where there is no ``tensor_matmul``.

    ``calls`` of the result counts how often each verb ran a kernel of yours.
    """
    from minigrad.backends.own_kernels import OwnKernels

    makers = {"map": tensor_map, "zip": tensor_zip, "reduce": tensor_reduce}
    return OwnKernels(makers if tensor_matmul is None else {**makers, "matmul": tensor_matmul}, name, tpb)


class use:
    """Make a backend the default one: from now on, or as long as a ``with`` block lasts.

    >>> with use("numpy"):
    ...     default().name
    'numpy'
    """

    def __init__(self, backend: str | Backend) -> None:
        global _default
        self._before = _default
        _default = get(backend)

    def __enter__(self) -> Backend:
        return default()

    def __exit__(self, *problem: object) -> None:
        global _default
        _default = self._before
