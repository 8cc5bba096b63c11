"""Every operation: its gradient is the slope of its values, and so is the gradient of its gradient."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_views import drawn
from expressions import EXPRESSIONS, ours
from hypothesis import given, settings
from hypothesis import strategies as st

from minigrad import from_numpy, grad, gradcheck

tried = settings(drawn, max_examples=8)
tried_less = settings(drawn, max_examples=3)


def each_expression(test):
    return pytest.mark.parametrize("name", EXPRESSIONS)(given(st.data())(test))


def weighted(out):
    """One number, in which every element of ``out`` has a part of its own."""
    weights = np.cos(np.arange(out.numel(), dtype=float)).reshape(out.shape)
    return (out * from_numpy(np.asarray(weights))).sum()


@each_expression
@tried
def test_gradients_are_slopes(name, data):
    expression, arrays = data.draw(EXPRESSIONS[name])
    assert gradcheck(lambda *xs: weighted(expression(ours, *xs)), tuple(map(from_numpy, arrays)))


@each_expression
@tried_less
def test_gradients_of_gradients_are_slopes(name, data):
    expression, arrays = data.draw(EXPRESSIONS[name])

    def of_gradients(*xs):
        found = grad(weighted(expression(ours, *xs)), xs, create_graph=True, materialize_grads=True)
        return sum(map(weighted, found))

    assert gradcheck(of_gradients, tuple(map(from_numpy, arrays)), atol=1e-4)
