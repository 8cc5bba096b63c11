"""Every operation: its gradient is the slope of its values, and so is the gradient of its gradient."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_views import drawn
from expressions import EXPRESSIONS, ours
from hypothesis import given, settings
from hypothesis import strategies as st

import minigrad
from minigrad import from_numpy, grad, gradcheck, tensor

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


INF, NAN = math.inf, math.nan


@pytest.mark.parametrize(
    ("expression", "values", "expected"),
    [
        (lambda a: abs(a), [0.0, -2.0, INF], [0, -1, 1]),
        (lambda a: a.relu(), [0.0, -1.0, 2.0, NAN], [0, 0, 1, 1]),
        (lambda a: a.sqrt(), [0.0, 4.0], [INF, 0.25]),
        (lambda a: a.log(), [0.0, INF], [INF, 0]),
        (lambda a: a.exp(), [-INF, 1000.0], [0, INF]),
        (lambda a: a.tanh(), [INF, -1000.0], [0, 0]),
        (lambda a: a.sigmoid(), [INF, -1000.0], [0, 0]),
        (lambda a: a**0, [0.0, -3.0, INF], [0, 0, 0]),
        (lambda a: a**2, [0.0, -3.0], [0, -6]),
        (lambda a: a**1, [0.0], [1]),
        (lambda a: a**0.5, [0.0, 4.0], [INF, 0.25]),
        (lambda a: 0.0**a, [0.0, 2.0], [0, 0]),
        (lambda a: 2.0**a, [0.0], [math.log(2)]),
        (lambda a: 1 / a, [INF, 2.0], [0, -0.25]),
        (lambda a: a.maximum(1.0), [1.0, 0.0, 2.0], [0.5, 0, 1]),
        (lambda a: a.minimum(1.0), [1.0, 0.0, 2.0], [0.5, 1, 0]),
        (lambda a: a.new_empty(()).fill_(1).maximum(a), [1.0, 0.0, 2.0], [0.5, 0, 1]),
        (lambda a: minigrad.where(a > 1, a, 0), [1.0, 2.0], [0, 1]),
        (lambda a: minigrad.where(a > 0, a.log(), a), [-1.0, 1.0], [1, 1]),
        (lambda a: a.masked_fill(a == 1, 5.0), [1.0, 2.0], [0, 1]),
    ],
)
def test_gradients_at_edges_are_pytorchs(expression, values, expected):
    for dtype in (minigrad.float32, minigrad.float64):
        x = tensor(values, dtype=dtype, requires_grad=True)
        expression(x).sum().backward()
        assert x.grad.tolist() == pytest.approx(expected, nan_ok=True)
