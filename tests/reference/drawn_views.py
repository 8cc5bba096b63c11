"""What these tests draw: shapes, arrays, and views of one memory in NumPy and in minigrad."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from share import examples

import minigrad

DTYPES = (np.float32, np.float64, np.int32, np.int64, np.bool_)

drawn = settings(max_examples=examples(60), deadline=None, derandomize=True, database=None)
"""How a property is tried: the same examples in every run."""

drawn_few = settings(drawn, max_examples=examples(20))
"""The same for a property that is tried for each operation."""

shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)
"""Shapes of 0 to 3 dimensions, empty ones included."""


@st.composite
def arrays(draw, shape=shapes, dtypes=DTYPES):
    """A NumPy array whose elements all differ, as far as the dtype goes, some of them negative."""
    shape = draw(shape)
    dtype = np.dtype(draw(st.sampled_from(dtypes)))
    numbers = (np.arange(math.prod(shape)) * 7) % 11 - 4
    return ((numbers + 0.5) if dtype.kind == "f" else numbers).astype(dtype).reshape(shape)


@st.composite
def indices(draw, shape):
    """A key made of integers, slices and None, one part a dimension or fewer."""
    key = []
    for size in shape:
        parts = [st.builds(slice, *[st.none() | st.integers(-6, 6)] * 2, st.none() | st.integers(1, 4))]
        if size:
            parts.append(st.integers(-size, size - 1))
        if draw(st.booleans()):
            key.append(None)
        key.append(draw(st.one_of(parts)))
    if draw(st.booleans()):
        start = draw(st.integers(0, len(key)))
        stop = draw(st.integers(start, len(key)))
        key[start:stop] = [...]
    return tuple(key)


@st.composite
def views(draw, **keywords):
    """An array and a tensor that are the same view of the same memory, reached by the same steps."""
    array = draw(arrays(**keywords))
    tensor = minigrad.from_numpy(array)
    for step in draw(st.lists(st.sampled_from(("permute", "index", "expand", "unsqueeze")), max_size=3)):
        if step == "permute":
            order = draw(st.permutations(range(array.ndim)))
            array, tensor = array.transpose(order), tensor.permute(*order)
        elif step == "index":
            key = draw(indices(array.shape))
            array, tensor = array[key], tensor[key]
        elif step == "expand":
            array = np.broadcast_to(array, (2, *array.shape))
            tensor = tensor.expand(2, *tensor.shape)
        else:
            dim = draw(st.integers(0, array.ndim))
            array, tensor = np.expand_dims(array, dim), tensor.unsqueeze(dim)
    return array, tensor


def same(tensor, array) -> bool:
    """Whether a tensor has the shape, the dtype and the elements of an array, nan being equal to nan."""
    array = np.asarray(array)
    found = tensor.numpy()
    equal_nan = array.dtype.kind == "f"
    return (
        tensor.shape == array.shape and found.dtype == array.dtype and np.array_equal(found, array, equal_nan=equal_nan)
    )
