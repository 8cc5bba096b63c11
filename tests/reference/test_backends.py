"""Every backend does what NumPy does, on any shapes, strides and dtypes."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_views import DTYPES, drawn, views
from hypothesis import assume, given
from hypothesis import strategies as st

import minigrad
from minigrad.backends import numpy as numpy_backend
from minigrad.backends import select
from minigrad.tensor import fresh

BACKENDS = [numpy_backend]
NUMBERS = (np.float32, np.float64, np.int32, np.int64)

REDUCTIONS = {
    "sum": (lambda a, b: a + b, np.add, lambda dtype: 0),
    "prod": (lambda a, b: a * b, np.multiply, lambda dtype: 1),
    "max": (lambda a, b: select((a >= b) | (a != a), a, b), np.maximum, lambda dtype: lowest(dtype)),
}


def lowest(dtype):
    """What is not above any element: the identity of the maximum."""
    return {"f": -np.inf, "i": np.iinfo(dtype).min if dtype.kind == "i" else 0, "b": False}[dtype.kind]


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda backend: backend.name)
@pytest.mark.parametrize("name", REDUCTIONS)
@given(st.data())
@drawn
def test_reduce_combines_all_elements_along_a_dimension(name, backend, data):
    function, ufunc, identity = REDUCTIONS[name]
    array, view = data.draw(views(dtypes=DTYPES))
    assume(array.ndim)
    dim = data.draw(st.integers(0, array.ndim - 1))
    out = fresh((*array.shape[:dim], 1, *array.shape[dim + 1 :]), array.dtype)
    start = identity(array.dtype)
    backend.reduce(function, out, view, dim, start)
    expected = ufunc.reduce(array, axis=dim, keepdims=True, initial=start, dtype=array.dtype)
    assert np.allclose(out.numpy(), expected, rtol=1e-6, atol=0)


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda backend: backend.name)
@given(st.data())
@drawn
def test_matmul_multiplies_the_last_two_dimensions(backend, data):
    i, j, k = (data.draw(st.integers(0, 4)) for _ in "ijk")
    batch = data.draw(st.lists(st.integers(0, 3), max_size=2).map(tuple))
    dtype = data.draw(st.sampled_from(NUMBERS))
    arrays = []
    tensors = []
    for shape in ((i, k), (k, j)):
        repeated = data.draw(st.integers(0, len(batch)))
        array = ((np.arange(np.prod((*batch[repeated:], *shape), dtype=int)) % 7) - 3).astype(dtype)
        array = array.reshape(*batch[repeated:], *shape)
        made = minigrad.tensor(array)
        if data.draw(st.booleans()):
            made = minigrad.tensor(np.swapaxes(array, -1, -2)).transpose(-1, -2)
        arrays.append(array)
        tensors.append(made.expand(*batch, *shape))
    out = fresh((*batch, i, j), np.dtype(dtype))
    backend.matmul(out, *tensors)
    expected = np.broadcast_to(np.matmul(*arrays), (*batch, i, j))
    assert np.array_equal(out.numpy(), expected)
