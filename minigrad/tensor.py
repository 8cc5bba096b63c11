"""Tensors: a storage, a layout that says how to read it, and a history.

A view (a permuted, expanded, sliced or reshaped tensor) is another layout of the same storage. What can be done
with a tensor is not here: operators and methods look their operation up in :data:`OPERATIONS`, which the modules
that ``functions.py`` lists fill. Names, argument order and conventions are PyTorch's.
"""

from __future__ import annotations

import math
import operator
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, Union

import numpy as np

from minigrad import backends, dtypes, strides
from minigrad.backends import Array, Backend, Storage
from minigrad.backends import numpy as numpy_backend
from minigrad.dtypes import DType, Number, as_dtype
from minigrad.elements import as_shape, elements_of, shared_elements
from minigrad.errors import MinigradError
from minigrad.forms import Form, form_of
from minigrad.operators import OPERATIONS, Operators
from minigrad.strides import Layout, Shape

Operand = Union["Tensor", Number]


class Tensor(Operators):
    """Numbers in a grid of any number of dimensions; :func:`tensor`, ``zeros`` and ``arange`` make one.

    ``storage``, ``layout`` and ``backend`` say where the elements are. ``node`` is what gradients flow back
    through, None if they do not; ``grad`` is the gradient that ``backward`` left here.

    A small tensor that fills its storage has a ``form``, see ``forms.py``. A tensor of one element may have its
    ``value`` in place of a storage, until somebody asks for that.
    """

    __slots__ = ("__weakref__", "_backend", "_layout", "_storage", "_written", "form", "grad", "node", "value")

    def __init__(
        self,
        storage: Storage,
        layout: Layout,
        backend: Backend = numpy_backend,
        written: list[int] | None = None,
        form: Form | None = None,
    ) -> None:
        self._storage = storage
        self._layout = layout
        self._backend = backend
        self._written = [0] if written is None else written
        self.form = form
        self.value: Any = None
        self.node: Any = None
        self.grad: Tensor | None = None

    # --- Where its elements are

    @property
    def storage(self) -> Storage:
        """One row of elements, which views share."""
        if self.value is not None:
            self._store_value()
        return self._storage

    @property
    def written(self) -> list[int]:
        """When the storage was last changed; views share this too."""
        if self.value is not None:
            self._store_value()
        return self._written

    def _store_value(self) -> None:
        if self.form is not None:
            self._storage = self.form.backend.store(np.array([self.value]))
            self._layout, self._backend, self._written = self.form.layout, self.form.backend, [0]
            self.value = None

    @property
    def layout(self) -> Layout:
        """How the elements are read out of the storage: shape, strides (in elements), offset of the first element."""
        return self._layout if self.value is None or self.form is None else self.form.layout

    @property
    def backend(self) -> Backend:
        """What computes on the storage."""
        return self._backend if self.value is None or self.form is None else self.form.backend

    def turn_into(self, other: Tensor, written: int) -> None:
        """Have the elements of another tensor from now on, where they are; ``written`` says when that was."""
        self.written[0] = written
        self._storage, self._layout, self._backend, self._written = (
            other.storage,
            other.layout,
            other.backend,
            [written],
        )
        self.value, self.form = None, other.form

    # --- What it is

    @property
    def shape(self) -> Shape:
        """Sizes of the dimensions."""
        layout = self._layout if self.value is None or self.form is None else self.form.layout
        return layout.shape

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.layout.shape)

    @property
    def dtype(self) -> DType:
        """Type of the elements."""
        dtype: DType = self._storage.dtype if self.value is None else self.value.dtype
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

    def is_floating_point(self) -> bool:
        """Whether the elements are floats: only then can there be gradients."""
        return self.dtype.kind == "f"

    def __len__(self) -> int:
        if not self.shape:
            raise MinigradError("a tensor with no dimensions has no length")
        return self.shape[0]

    def __iter__(self) -> Iterator[Tensor]:
        return (self[i] for i in range(len(self)))

    # --- Copies that Python makes

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        if not self.is_leaf:
            raise MinigradError(f"a tensor of shape {self.shape} with a history cannot be copied; detach() it first")
        memo[id(self)] = copied = self.detach().clone()
        copied.grad = None if self.grad is None else self.grad.detach().clone()
        return copied.requires_grad_(self.requires_grad)

    def __reduce__(self) -> Any:
        if not self.is_leaf:
            raise MinigradError(f"a tensor of shape {self.shape} with a history cannot be pickled; detach() it first")
        name = self.backend.name if self.backend.name in backends.NAMES else "numpy"  # another may not be there then
        return _unpickled, (self.backend.load(self), name, self.requires_grad)

    # --- The same elements without a history, and an empty tensor alike

    def aliased(self, layout: Layout | None = None) -> Tensor:
        """The same storage in this layout or another, without a history."""
        form = self.form if layout is None else None
        return Tensor(self.storage, layout or self.layout, self.backend, self.written, form)

    def detach(self) -> Tensor:
        """The same elements in the same memory, as a tensor through which no gradient flows."""
        return self.aliased()

    def new_empty(self, *size: Any, dtype: Any = None) -> Tensor:
        """A tensor on the same backend, and of this dtype or another, whose elements hold nothing yet."""
        return fresh(as_shape(size), self.dtype if dtype is None else as_dtype(dtype), self.backend)

    @property
    def T(self) -> Tensor:
        """A view with the dimensions in reverse."""
        return self.permute(range(self.ndim)[::-1])

    @property
    def mT(self) -> Tensor:
        """A view with the last two dimensions exchanged."""
        return self.transpose(-2, -1)

    def zero_(self) -> Tensor:
        """Write 0 into every element."""
        return self.copy_(0)

    # --- Its history, which autodiff.py keeps

    @property
    def requires_grad(self) -> bool:
        """Whether gradients flow back to this tensor, or through it."""
        return self.node is not None

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        self.requires_grad_(value)

    @property
    def is_leaf(self) -> bool:
        """Whether no recorded operation made this tensor."""
        return self.node is None or self.node.is_leaf

    @property
    def grad_fn(self) -> Any:
        """The node of the operation that made this tensor; None for a leaf."""
        return None if self.is_leaf else self.node

    # --- Into Python and NumPy

    def numpy(self) -> Array:
        """The elements as a NumPy array, which shares their memory where the backend's memory is NumPy's."""
        if self.node is not None:
            raise MinigradError(
                f"a tensor of shape {self.shape} that requires gradients cannot be a NumPy array, which has no "
                "history; use x.detach().numpy()"
            )
        return self.backend.load(self)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        array = self.numpy()
        if dtype is None or array.dtype == dtype:
            return array.copy() if copy else array
        if copy is False:
            raise ValueError(f"{array.dtype} elements cannot be read as {np.dtype(dtype)} without a copy")
        return array.astype(dtype)

    def __dlpack__(self, **keywords: Any) -> Any:
        return self.numpy().__dlpack__(**keywords)

    def __dlpack_device__(self) -> Any:
        return self.numpy().__dlpack_device__()

    def tolist(self) -> Any:
        """The elements as nested lists of Python numbers; a number if there are no dimensions."""
        return self.backend.load(self).tolist()

    def item(self) -> Any:
        """The only element, as a Python number."""
        if self.numel() != 1:
            raise MinigradError(
                f"a tensor of shape {self.shape} has {self.numel()} elements, and only a single one can be "
                "read as a number; use tolist() for them all"
            )
        return self.backend.load(self).item()

    def __bool__(self) -> bool:
        return bool(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def __float__(self) -> float:
        return float(self.item())

    def __index__(self) -> int:
        return operator.index(self.item())

    def __repr__(self) -> str:
        text = np.array2string(self.backend.load(self), separator=", ", prefix="tensor(")
        if self.numel() == 0 and self.ndim != 1:
            text += f", size={self.shape}"
        if self.dtype not in (dtypes.float32, dtypes.int64, dtypes.bool) or (
            self.numel() == 0 and self.dtype != dtypes.float32
        ):
            text += f", dtype={self.dtype}"
        if self.node is not None:
            text += ", requires_grad=True" if self.is_leaf else f", grad_fn=<{self.node.name}>"
        return f"tensor({text})"


def fresh(shape: Shape, dtype: DType, backend: Backend = numpy_backend) -> Tensor:
    """A tensor with a storage of its own, row by row, whose elements hold nothing yet."""
    storage, layout = backend.empty(math.prod(shape), dtype), strides.row_major(shape)
    return Tensor(storage, layout, backend, form=form_of(shape, dtype, backend))


def filled(value: Number, shape: Shape, dtype: DType, backend: Backend) -> Tensor:
    """A tensor with the same number everywhere."""
    form = form_of(shape, dtype, backend)
    if form is not None and form.one:
        return number(dtype.type(value), form)
    return stored(np.full(shape, value, dtype), backend)


_new = object.__new__


def number(value: Any, form: Form | None) -> Tensor:
    """A tensor of one element, a NumPy number of the form's dtype."""
    made = _new(Tensor)
    made.value = value
    made.form = form
    made.node = made.grad = None
    return made


def whole(storage: Storage, form: Form) -> Tensor:
    """A tensor of this form that fills a storage."""
    return Tensor(storage, form.layout, form.backend, form=form)


def stored(elements: Array, backend: Backend = numpy_backend) -> Tensor:
    """A tensor of a row-major array's elements, whose memory it may share."""
    storage, layout = backend.store(elements.reshape(-1)), strides.row_major(elements.shape)
    return Tensor(storage, layout, backend, form=form_of(elements.shape, elements.dtype, backend))


def tensor(data: Any, *, dtype: Any = None, requires_grad: bool = False, backend: Any = None) -> Tensor:
    """A tensor with a copy of ``data``: a number, nested lists of numbers, a NumPy array or another tensor.

    Python floats become float32 and ints int64; what has a dtype of its own keeps it. Lists may hold tensors too:
    then gradients flow back to them, unless the result is to be a leaf that requires gradients itself.

    >>> tensor([[1, 2], [3, 4.5]])
    tensor([[1. , 2. ],
            [3. , 4.5]])
    """
    if not requires_grad and isinstance(data, Sequence) and _has_history(data):
        stacked = _stacked(data)
        return stacked if dtype is None else stacked.to(dtype)
    made = stored(elements_of(_without_history(data), dtype), backend_of(backend))
    return made.requires_grad_() if requires_grad else made


def _has_history(data: Any) -> bool:
    if isinstance(data, Tensor):
        return data.node is not None
    return isinstance(data, list | tuple) and any(map(_has_history, data))


def _stacked(data: Any) -> Tensor:
    if isinstance(data, Tensor):
        return data
    stacked: Tensor = OPERATIONS["stack"](list(map(_stacked, data))) if isinstance(data, list | tuple) else tensor(data)
    return stacked


def _without_history(data: Any) -> Any:
    if isinstance(data, Tensor):
        return data.backend.load(data)
    return list(map(_without_history, data)) if isinstance(data, list | tuple) else data


def _unpickled(elements: Array, backend: str, requires_grad: bool) -> Tensor:
    return stored(elements.copy(), backends.get(backend)).requires_grad_(requires_grad)


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


def from_dlpack(source: Any) -> Tensor:
    """A tensor that shares the memory of another library's, through DLPack.

    >>> from_dlpack(np.arange(3))
    tensor([0, 1, 2])
    """
    try:
        return from_numpy(np.from_dlpack(source))
    except (AttributeError, TypeError, BufferError, RuntimeError) as error:
        raise MinigradError(f"cannot share {type(source).__name__} through DLPack: {error}") from None


def as_backend(given: Any) -> Backend | None:
    """The backend that ``given`` is, or names; None if it is something else."""
    if isinstance(given, str) and given in backends.NAMES:
        return backends.get(given)
    return given if hasattr(given, "matmul") and hasattr(given, "reduce") else None


def backend_of(given: Any) -> Backend:
    """The backend that ``given`` is, or names; the default one if it is None."""
    return backends.default() if given is None else backends.get(given)


class _CallableModule(ModuleType):
    """``minigrad.tensor`` is this module, and also, as in PyTorch, the function that makes a tensor."""

    def __call__(self, data: Any, **keywords: Any) -> Tensor:
        """A tensor with a copy of ``data``; see :func:`tensor`."""
        return tensor(data, **keywords)


sys.modules[__name__].__class__ = _CallableModule
