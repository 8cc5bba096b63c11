"""Every operation gives the same values and gradients on every backend, and they stay there."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from drawn_views import drawn
from expressions import EXPRESSIONS, Library
from hypothesis import given, settings
from hypothesis import strategies as st

import minigrad
from minigrad import from_numpy, grad
from minigrad.backends import use


def values_and_gradients(backend, expression, arrays):
    """The result and the gradients of an expression on a backend, which has to be theirs too."""

    def there(array):
        return from_numpy(array).to(backend)

    library = Library(SimpleNamespace(from_numpy=there), minigrad)
    with use(backend):
        xs = [there(array).requires_grad_() for array in arrays]
        out = expression(library, *xs)
        d = there(np.asarray(np.cos(np.arange(out.numel() + 0.0)).reshape(out.shape)))
        results = [out, *grad(out, xs, d, materialize_grads=True)]
    assert all(result.backend.name == backend for result in results)
    return [result.detach().numpy() for result in results]


@pytest.mark.parametrize("name", EXPRESSIONS)
@given(st.data())
@settings(drawn, max_examples=2)
def test_numba_agrees_with_numpy(name, data):
    expression, arrays = data.draw(EXPRESSIONS[name])
    expected = values_and_gradients("numpy", expression, arrays)
    for found, wanted in zip(values_and_gradients("numba", expression, arrays), expected, strict=True):
        assert np.allclose(found, wanted, 1e-9, 1e-11, equal_nan=True)


# A GPU is simulated here, which takes its time: one operation of each sort.
@pytest.mark.on_one_python
@pytest.mark.parametrize("name", ["pow", "where", "sum", "softmax", "moves", "gather", "cat", "matmul", "conv1d"])
@given(st.data())
@settings(drawn, max_examples=2)
def test_cuda_agrees_with_numpy(name, data):
    expression, arrays = data.draw(EXPRESSIONS[name])
    expected = values_and_gradients("numpy", expression, arrays)
    for found, wanted in zip(values_and_gradients("cuda", expression, arrays), expected, strict=True):
        assert np.allclose(found, wanted, 1e-9, 1e-11, equal_nan=True)
