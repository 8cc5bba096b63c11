"""What a user hands over to be made a tensor: elements, as NumPy arrays of a dtype that tensors hold, and shapes."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from minigrad.dtypes import NUMBERS, DType, as_dtype, dtype_of_number, float32, int32, int64, promote
from minigrad.errors import MinigradError
from minigrad.strides import Layout, Shape

Array = npt.NDArray[Any]


def elements_of(data: Any, dtype: Any = None) -> Array:
    """A row-major copy of ``data``: a number, nested sequences of numbers, or what is an array to NumPy.

    Python floats become float32 and ints int64; what has a dtype of its own keeps it.

    >>> elements_of([[1, 2], [3, 4]], float32)
    array([[1., 2.],
           [3., 4.]], dtype=float32)
    """
    chosen = dtype_of(data) if dtype is None else as_dtype(dtype)
    wide = int64 if chosen == int32 else chosen  # NumPy before 2 wraps what does not fit into int32
    try:
        with np.errstate(all="ignore"):
            wide_elements = np.array(data, dtype=wide, order="C")
            elements = wide_elements.astype(chosen, copy=False)
    except (ValueError, TypeError, OverflowError) as error:
        raise MinigradError(f"cannot make a tensor of {chosen} from {shortened(data)}: {error}") from None
    if wide != chosen and not np.array_equal(elements, wide_elements):
        raise MinigradError(f"cannot make a tensor of {chosen} from {shortened(data)}: a number is too large")
    return elements


def dtype_of(data: Any) -> DType:
    """The dtype that ``data`` becomes when none is asked for.

    >>> dtype_of([1, 2.5]), dtype_of(np.zeros(3))
    (dtype('float32'), dtype('float64'))
    """
    if hasattr(data, "dtype"):
        return as_dtype(data.dtype)
    if isinstance(data, NUMBERS):
        return dtype_of_number(data)
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return reduce(promote, map(dtype_of, data)) if len(data) else float32
    raise MinigradError(f"a tensor is made of numbers, not of {shortened(data)}")


def shared_elements(array: Array) -> tuple[Array, Layout]:
    """The memory of an array as one row of elements, and the layout that reads the array out of it.

    >>> shared_elements(np.arange(6.0).reshape(2, 3).T)
    (array([0., 1., 2., 3., 4., 5.]), Layout(shape=(3, 2), strides=(1, 3), offset=0))
    """
    if not isinstance(array, np.ndarray):
        raise MinigradError(f"from_numpy takes a NumPy array, not {shortened(array)}; tensor takes anything")
    as_dtype(array.dtype)
    width = array.itemsize
    if any(stride < 0 or stride % width for stride in array.strides):
        raise MinigradError(
            f"no tensor can share an array with strides of {array.strides} bytes: they must be positive "
            f"multiples of the {width} bytes of an element; pass a copy"
        )
    strides = tuple(stride // width for stride in array.strides)
    last = sum((size - 1) * stride for size, stride in zip(array.shape, strides, strict=True))
    extent = last + 1 if array.size else 0
    row = np.lib.stride_tricks.as_strided(array, (extent,), (width,))
    return row, Layout(array.shape, strides)


def shortened(data: Any) -> str:
    """How ``data`` is shown in a message.

    >>> shortened([1.5] * 100)
    '[1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1...'
    """
    text = repr(data)
    return text if len(text) <= 60 else f"{text[:57]}..."


def integers(given: tuple[Any, ...]) -> tuple[int, ...]:
    """Integers that may be given one by one or as one sequence.

    >>> integers((2, 3)), integers(([2, 3],))
    ((2, 3), (2, 3))
    """
    numbers = given[0] if len(given) == 1 and isinstance(given[0], Sequence) else given
    try:
        return tuple(map(operator.index, numbers))
    except TypeError:
        raise MinigradError(f"sizes and dimensions are integers, not {shortened(tuple(numbers))}") from None


def as_shape(given: tuple[Any, ...]) -> Shape:
    """The shape of a new tensor, given as integers one by one or as one sequence."""
    shape = integers(given)
    if any(size < 0 for size in shape):
        raise MinigradError(f"a new tensor cannot have the shape {shape}: sizes are 0 or more")
    return shape
