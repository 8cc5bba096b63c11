"""Tensors: a storage, and a layout that says how to read it.

A view (a permuted, expanded, sliced or reshaped tensor) is another layout of the same storage. Arithmetic is
not here: operators and methods look their operation up in :data:`OPERATIONS`, which ``functions.py`` fills.
Names, argument order and conventions are PyTorch's.
"""

from __future__ import annotations

import math
import operator
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, Union

import numpy as np

from minigrad import dtypes, strides
from minigrad.backends import Array, Backend, Storage
from minigrad.backends import numpy as numpy_backend
from minigrad.dtypes import NUMBERS, DType, Number, as_dtype
from minigrad.elements import elements_of, shared_elements, shortened
from minigrad.errors import MinigradError
from minigrad.strides import Layout, Shape

Operand = Union["Tensor", Number]


class _Operations(dict[str, Callable[..., "Tensor"]]):
    def __missing__(self, name: str) -> Callable[..., Tensor]:
        import_module("minigrad.functions")  # stands above this module, and fills the table when imported
        if name in self:
            return self[name]
        raise KeyError(name)


OPERATIONS = _Operations()
"""What a tensor's operators and methods stand for, by name."""


def _unary(name: str) -> Callable[[Tensor], Tensor]:
    def method(self: Tensor) -> Tensor:
        return OPERATIONS[name](self)

    method.__doc__ = f"``minigrad.{name}(self)``"
    return method


def _binary(name: str, reflected: bool = False) -> Callable[[Tensor, Operand], Tensor]:
    def method(self: Tensor, other: Operand) -> Tensor:
        return OPERATIONS[name](other, self) if reflected else OPERATIONS[name](self, other)

    method.__doc__ = f"``minigrad.{name}(other, self)``" if reflected else f"``minigrad.{name}(self, other)``"
    return method


class Tensor:
    """Numbers in a grid of any number of dimensions; :func:`tensor`, ``zeros`` and ``arange`` make one.

    ``storage`` is one row of elements, which views share; ``layout`` has the shape, the strides (in elements)
    and the offset of the first element; ``backend`` is what computes on the storage.
    """

    __array_priority__ = 1000  # NumPy scalars and arrays on the left leave the operation to us

    def __init__(self, storage: Storage, layout: Layout, backend: Backend = numpy_backend) -> None:
        self.storage = storage
        self.layout = layout
        self.backend = backend

    # --- What it is

    @property
    def shape(self) -> Shape:
        """Sizes of the dimensions."""
        return self.layout.shape

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.layout.shape)

    @property
    def dtype(self) -> DType:
        """Type of the elements."""
        dtype: DType = self.storage.dtype
        return dtype

    def size(self, dim: int | None = None) -> Any:
        """The shape, or the size of one dimension."""
        return self.shape if dim is None else self.shape[strides.as_dim(dim, self.ndim)]

    def dim(self) -> int:
        """Number of dimensions."""
        return self.ndim

    def numel(self) -> int:
        """Number of elements."""
        return math.prod(self.shape)

    def stride(self, dim: int | None = None) -> Any:
        """The strides, or that of one dimension, counted in elements."""
        return self.layout.strides if dim is None else self.layout.strides[strides.as_dim(dim, self.ndim)]

    def storage_offset(self) -> int:
        """Where in the storage the first element lies."""
        return self.layout.offset

    def is_contiguous(self) -> bool:
        """Whether the elements lie row by row without gaps."""
        return strides.is_contiguous(self.layout)

    def __len__(self) -> int:
        if not self.shape:
            raise MinigradError("a tensor with no dimensions has no length")
        return self.shape[0]

    # --- Views: the same storage, another layout

    def _viewed(self, layout: Layout) -> Tensor:
        return Tensor(self.storage, layout, self.backend)

    def permute(self, *dims: Any) -> Tensor:
        """A view with the dimensions in another order.

        >>> tensor([[[0] * 4] * 3] * 2).permute(2, 0, 1).shape
        (4, 2, 3)
        """
        return self._viewed(strides.permute(self.layout, _integers(dims)))

    def transpose(self, dim0: int, dim1: int) -> Tensor:
        """A view with two dimensions exchanged."""
        order = list(range(self.ndim))
        dim0, dim1 = strides.as_dim(dim0, self.ndim), strides.as_dim(dim1, self.ndim)
        order[dim0], order[dim1] = dim1, dim0
        return self.permute(order)

    @property
    def T(self) -> Tensor:
        """A view with the dimensions in reverse."""
        return self.permute(range(self.ndim)[::-1])

    def expand(self, *sizes: Any) -> Tensor:
        """A view that repeats dimensions of size 1, and new ones in front, without copying; -1 keeps a size.

        >>> tensor([[1], [2]]).expand(-1, 3).tolist()
        [[1, 1, 1], [2, 2, 2]]
        """
        return self._viewed(strides.expand(self.layout, _integers(sizes)))

    def view(self, *shape: Any) -> Tensor:
        """A view of another shape; one size may be -1. Fails where only a copy could have that shape."""
        sizes = strides.resolve_shape(_integers(shape), self.numel())
        layout = strides.view(self.layout, sizes)
        if layout is None:
            raise MinigradError(
                f"shape {self.shape} with strides {self.stride()} has no view of shape {sizes}: its elements "
                "would have to move; use reshape, which copies where it must"
            )
        return self._viewed(layout)

    def reshape(self, *shape: Any) -> Tensor:
        """The same elements in another shape; one size may be -1. A view where possible, else a copy."""
        sizes = strides.resolve_shape(_integers(shape), self.numel())
        layout = strides.view(self.layout, sizes)
        return self.clone().view(sizes) if layout is None else self._viewed(layout)

    def flatten(self, start_dim: int = 0, end_dim: int = -1) -> Tensor:
        """Dimensions ``start_dim`` to ``end_dim`` joined into one.

        >>> tensor([[[0] * 4] * 3] * 2).flatten(1).shape
        (2, 12)
        """
        ndim = max(self.ndim, 1)
        start, end = strides.as_dim(start_dim, ndim), strides.as_dim(end_dim, ndim)
        if start > end:
            raise MinigradError(f"flatten starts at dimension {start} and ends before it, at {end}")
        return self.reshape(*self.shape[:start], math.prod(self.shape[start : end + 1]), *self.shape[end + 1 :])

    def unsqueeze(self, dim: int) -> Tensor:
        """A view with a new dimension of size 1 at ``dim``."""
        return self[(slice(None),) * strides.as_dim(dim, self.ndim + 1) + (None,)]

    def squeeze(self, dim: int | None = None) -> Tensor:
        """A view without the dimensions of size 1, or without ``dim`` if its size is 1."""
        dims = range(self.ndim) if dim is None else [strides.as_dim(dim, self.ndim)]
        return self[tuple(0 if d in dims and size == 1 else slice(None) for d, size in enumerate(self.shape))]

    def __getitem__(self, key: Any) -> Tensor:
        return self._viewed(strides.subscript(self.layout, key))

    def __iter__(self) -> Iterator[Tensor]:
        return (self[i] for i in range(len(self)))

    # --- Copies

    def new_empty(self, *size: Any, dtype: Any = None) -> Tensor:
        """A tensor on the same backend, and of this dtype or another, whose elements hold nothing yet."""
        return fresh(as_shape(size), self.dtype if dtype is None else as_dtype(dtype), self.backend)

    def to(self, dtype: Any) -> Tensor:
        """The elements converted to ``dtype``; the tensor itself if that is what they are."""
        if self.dtype == (dtype := as_dtype(dtype)):
            return self
        return fresh(self.shape, dtype, self.backend).copy_(self)

    def clone(self) -> Tensor:
        """A copy that lies row by row in a storage of its own."""
        return fresh(self.shape, self.dtype, self.backend).copy_(self)

    def contiguous(self) -> Tensor:
        """The tensor itself if it lies row by row, else a copy that does."""
        return self if self.is_contiguous() else self.clone()

    def copy_(self, source: Operand) -> Tensor:
        """Write ``source``, broadcast to this shape and converted to this dtype, into this tensor."""
        if strides.overlaps(self.layout):
            raise MinigradError(
                f"cannot write into shape {self.shape} with strides {self.stride()}: it was expanded, so "
                "several indices share an element; clone it first"
            )
        if not isinstance(source, Tensor):
            source = tensor(source, dtype=self.dtype)
        self.backend.map(_same, self, source.expand(self.shape))
        return self

    def __setitem__(self, key: Any, value: Operand) -> None:
        self[key].copy_(value)

    # --- Into Python and NumPy

    def numpy(self) -> Array:
        """The elements as a NumPy array, which shares their memory."""
        return self.backend.load(self)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        array = self.numpy()
        if dtype is None or array.dtype == dtype:
            return array.copy() if copy else array
        if copy is False:
            raise ValueError(f"{array.dtype} elements cannot be read as {np.dtype(dtype)} without a copy")
        return array.astype(dtype)

    def tolist(self) -> Any:
        """The elements as nested lists of Python numbers; a number if there are no dimensions."""
        return self.numpy().tolist()

    def item(self) -> Any:
        """The only element, as a Python number."""
        if self.numel() != 1:
            raise MinigradError(
                f"a tensor of shape {self.shape} has {self.numel()} elements, and only a single one can be "
                "read as a number; use tolist() for them all"
            )
        return self.numpy().item()

    def __bool__(self) -> bool:
        return bool(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def __float__(self) -> float:
        return float(self.item())

    def __index__(self) -> int:
        return operator.index(self.item())

    def __repr__(self) -> str:
        text = np.array2string(self.numpy(), separator=", ", prefix="tensor(")
        if self.numel() == 0 and self.ndim != 1:
            text += f", size={self.shape}"
        if self.dtype not in (dtypes.float32, dtypes.int64, dtypes.bool) or (
            self.numel() == 0 and self.dtype != dtypes.float32
        ):
            text += f", dtype={self.dtype}"
        return f"tensor({text})"

    # --- Arithmetic

    neg = __neg__ = _unary("neg")
    abs = __abs__ = _unary("abs")
    reciprocal = _unary("reciprocal")
    exp = _unary("exp")
    log = _unary("log")
    sqrt = _unary("sqrt")
    sin = _unary("sin")
    cos = _unary("cos")
    tanh = _unary("tanh")
    sigmoid = _unary("sigmoid")
    relu = _unary("relu")

    add = __add__ = _binary("add")
    sub = __sub__ = _binary("sub")
    mul = __mul__ = _binary("mul")
    div = __truediv__ = _binary("div")
    pow = __pow__ = _binary("pow")
    __radd__ = _binary("add", reflected=True)
    __rsub__ = _binary("sub", reflected=True)
    __rmul__ = _binary("mul", reflected=True)
    __rtruediv__ = _binary("div", reflected=True)
    __rpow__ = _binary("pow", reflected=True)
    maximum = _binary("maximum")
    minimum = _binary("minimum")

    eq = _binary("eq")
    ne = _binary("ne")
    lt = __lt__ = _binary("lt")
    le = __le__ = _binary("le")
    gt = __gt__ = _binary("gt")
    ge = __ge__ = _binary("ge")

    def __eq__(self, other: object) -> Tensor:  # type: ignore[override]
        return self.eq(other) if isinstance(other, (Tensor, *NUMBERS)) else NotImplemented

    def __ne__(self, other: object) -> Tensor:  # type: ignore[override]
        return self.ne(other) if isinstance(other, (Tensor, *NUMBERS)) else NotImplemented

    __hash__ = object.__hash__

    def roll(self, shifts: int | tuple[int, ...], dims: int | tuple[int, ...] | None = None) -> Tensor:
        """``minigrad.roll(self, shifts, dims)``"""
        return OPERATIONS["roll"](self, shifts, dims)

    def tril(self, diagonal: int = 0) -> Tensor:
        """``minigrad.tril(self, diagonal)``"""
        return OPERATIONS["tril"](self, diagonal)

    def triu(self, diagonal: int = 0) -> Tensor:
        """``minigrad.triu(self, diagonal)``"""
        return OPERATIONS["triu"](self, diagonal)


def fresh(shape: Shape, dtype: DType, backend: Backend = numpy_backend) -> Tensor:
    """A tensor with a storage of its own, row by row, whose elements hold nothing yet."""
    return Tensor(backend.empty(math.prod(shape), dtype), strides.row_major(shape), backend)


def tensor(data: Any, *, dtype: Any = None) -> Tensor:
    """A tensor with a copy of ``data``: a number, nested lists of numbers, a NumPy array or another tensor.

    Python floats become float32 and ints int64; what has a dtype of its own keeps it.

    >>> tensor([[1, 2], [3, 4.5]])
    tensor([[1. , 2. ],
            [3. , 4.5]])
    """
    elements = elements_of(data, dtype)
    return Tensor(numpy_backend.store(elements.reshape(-1)), strides.row_major(elements.shape))


def from_numpy(array: Array) -> Tensor:
    """A tensor that shares the memory of a NumPy array, whatever its strides (but none may be negative).

    >>> a = np.zeros(3)
    >>> t = from_numpy(a[::2])
    >>> a[2] = 5
    >>> t
    tensor([0., 5.], dtype=float64)
    """
    row, layout = shared_elements(array)
    return Tensor(numpy_backend.store(row), layout)


def _integers(given: tuple[Any, ...]) -> tuple[int, ...]:
    """Integers that may be given one by one or as one sequence: ``view(2, 3)`` or ``view((2, 3))``."""
    numbers = given[0] if len(given) == 1 and isinstance(given[0], Sequence) else given
    try:
        return tuple(operator.index(number) for number in numbers)
    except TypeError:
        raise MinigradError(f"sizes and dimensions are integers, not {shortened(tuple(numbers))}") from None


def as_shape(given: tuple[Any, ...]) -> Shape:
    """The shape of a new tensor, given as integers one by one or as one sequence."""
    shape = _integers(given)
    if any(size < 0 for size in shape):
        raise MinigradError(f"a new tensor cannot have the shape {shape}: sizes are 0 or more")
    return shape


def _same(a: Any) -> Any:
    """The scalar function that a copy maps."""
    return a


class _CallableModule(ModuleType):
    """``minigrad.tensor`` is this module, and also, as in PyTorch, the function that makes a tensor."""

    def __call__(self, data: Any, *, dtype: Any = None) -> Tensor:
        """A tensor with a copy of ``data``; see :func:`tensor`."""
        return tensor(data, dtype=dtype)


sys.modules[__name__].__class__ = _CallableModule
