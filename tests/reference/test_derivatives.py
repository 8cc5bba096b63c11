"""Jacobians and their products are right, and gradcheck names the element where a rule is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_views import drawn_few
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import Function, MinigradError, gradcheck, jacobian, jvp, tensor, vjp


def wide(data, **keywords):
    return tensor(data, dtype=minigrad.float64, **keywords)


def both(x, y):
    """Two inputs of shapes (2,) and (3,), one result of shape (2, 3)."""
    return x.unsqueeze(1) * y * y


X, Y = wide([2.0, 3.0]), wide([1.0, -1.0, 0.5])


def test_a_jacobian_has_the_axes_of_the_result_and_then_of_the_input():
    of_x, of_y = jacobian(both, (X, Y))
    assert of_x.shape == (2, 3, 2)
    assert of_y.shape == (2, 3, 3)
    x, y = X.numpy(), Y.numpy()
    assert np.array_equal(of_x.numpy(), np.einsum("ik,j->ijk", np.eye(2), y * y))
    assert np.array_equal(of_y.numpy(), np.einsum("i,jk,j->ijk", x, np.eye(3), 2 * y))


def test_a_jacobian_of_one_input_is_no_tuple():
    assert jacobian(lambda x: x.sum(), X).tolist() == [1, 1]
    assert jacobian(lambda x: x * 1, minigrad.zeros(0)).shape == (0, 0)
    assert jacobian(lambda x: wide([1.0]), X).tolist() == [[0, 0]]
    assert jacobian(lambda x, y: y * 1, (X, Y))[0].tolist() == [[0, 0]] * 3


@given(st.lists(st.integers(-4, 4), min_size=11, max_size=11))
@drawn_few
def test_products_with_vectors_are_products_with_the_jacobian(numbers):
    u, v, w = np.array(numbers[:6], float).reshape(2, 3), np.array(numbers[6:8], float), np.array(numbers[8:], float)
    of_x, of_y = (each.numpy() for each in jacobian(both, (X, Y)))
    out, (along_x, along_y) = vjp(both, (X, Y), wide(u))
    assert np.array_equal(out.numpy(), both(X, Y).numpy())
    assert np.array_equal(along_x.numpy(), np.einsum("ij,ijk", u, of_x))
    assert np.array_equal(along_y.numpy(), np.einsum("ij,ijk", u, of_y))
    out, product = jvp(both, (X, Y), (wide(v), wide(w)))
    assert np.array_equal(out.numpy(), both(X, Y).numpy())
    assert np.array_equal(product.numpy(), of_x @ v + of_y @ w)


def test_jacobians_can_be_differentiated():
    x = wide([2.0, 3.0], requires_grad=True)
    hessian = jacobian(lambda x: jacobian(lambda x: (x**3).sum(), x, create_graph=True), x)
    assert np.allclose(hessian.numpy(), np.diag([12.0, 18.0]))
    assert not jacobian(lambda x: x * x, x).requires_grad
    assert x.grad is None


def test_products_need_vectors_that_fit():
    with pytest.raises(MinigradError, match=r"shapes \(3,\), and the inputs \(2,\)"):
        jvp(lambda x: x * x, X, Y)
    with pytest.raises(MinigradError, match=r"shape \(2,\) is a tensor of that shape, not shape \(3,\)"):
        vjp(lambda x: x * x, X, Y)
    with pytest.raises(MinigradError, match="one tensor, not a tuple"):
        jacobian(lambda x: (x, x), X)


class WrongAt(Function):
    """The product of a and b, whose rule for b is wrong at one element."""

    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    def backward(ctx, d):
        a, b = ctx.saved_values
        wrong = minigrad.zeros_like(b)
        wrong[1, 2] = 0.25
        return d * b, d * (a + wrong)


def test_gradcheck_names_the_element_and_shows_both_values():
    a, b = (wide(np.arange(6.0).reshape(2, 3) + start) for start in (1, 10))
    with pytest.raises(MinigradError) as caught:
        gradcheck(WrongAt.apply, (a, b))
    assert str(caught.value) == (
        "gradcheck: the derivative of element (1, 2) of the result by element (1, 2) of input 1 is 6.25 by the "
        "backward rule, and 6 by central differences"
    )
    assert not gradcheck(WrongAt.apply, (a, b), raise_exception=False)
    assert gradcheck(WrongAt.apply, (a, b), atol=0.5)
    assert gradcheck(WrongAt.apply, (a.requires_grad_(), b))  # only a is asked about


def test_gradcheck_converts_floats_and_leaves_other_inputs_alone():
    def scaled(x, index, factor):
        assert x.dtype == minigrad.float64
        assert index.dtype == minigrad.int64
        return x[index] * factor

    assert gradcheck(scaled, (tensor([1.0, 2.0]), tensor([0, 0, 1]), 3))
    with pytest.raises(MinigradError, match="needs an input of floats"):
        gradcheck(lambda x: x, tensor([1]))


def test_a_gradient_that_is_nan_does_not_pass():
    assert not gradcheck(lambda x: (x * x).sqrt(), wide([0.0]), raise_exception=False)
    assert not gradcheck(lambda x: x * float("nan"), wide([1.0]), raise_exception=False)
