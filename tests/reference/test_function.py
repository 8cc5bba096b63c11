"""A Function is an operation with a rule of one's own, and what its rule returns is checked."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

import minigrad
from minigrad import Function, MinigradError, gradcheck, jacobian, no_grad, ones, tensor, zeros


class G(Function):
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return minigrad.tensor([x[0], x[0] * x[1]])

    def backward(ctx, d):
        (x,) = ctx.saved_values
        return minigrad.tensor([d[0] * 1 + d[1] * x[1], d[1] * x[0]])


def leaf(*values):
    return tensor(list(values), dtype=minigrad.float64, requires_grad=True)


def test_a_function_of_two_numbers_is_applied_differentiated_and_checked():
    x = tensor([2.0, 3.0], requires_grad=True)
    out = G.apply(x)
    assert out.tolist() == [2, 6]
    out.sum().backward()
    assert x.grad.tolist() == [4, 2]
    assert gradcheck(G.apply, x)
    assert jacobian(G.apply, x).tolist() == [[1, 0], [3, 2]]


def test_static_methods_work_like_plain_functions():
    class Static(Function):
        @staticmethod
        def forward(ctx, x, factor):
            ctx.factor = factor
            return x * factor

        @staticmethod
        def backward(ctx, d):
            return d * ctx.factor, None

    x = leaf(1.0, 2.0)
    Static.apply(x, 5).sum().backward()
    assert x.grad.tolist() == [5, 5]


def test_a_function_is_a_part_of_a_larger_graph():
    x = leaf(1.0, 2.0)
    (G.apply(x * 2) * x).sum().backward()
    # out = 2 x0 * x0 + 4 x0 x1 * x1
    assert x.grad.tolist() == [4 * 1 + 4 * 4, 8 * 1 * 2]


def test_it_is_not_recorded_where_nothing_is():
    x = leaf(1.0, 2.0)
    with no_grad():
        assert not G.apply(x).requires_grad
    assert not G.apply(x.detach()).requires_grad
    assert G.apply(x).grad_fn.name == "G"


def test_a_rule_written_with_tensors_can_be_differentiated_again():
    x = leaf(2.0, 3.0)
    assert gradcheck(lambda x: minigrad.grad(G.apply(x * x).sum(), x, create_graph=True)[0], x)


def test_a_saved_result_keeps_its_history_and_does_not_hold_itself_alive():
    class Exp(Function):
        def forward(ctx, x):
            out = x.exp()
            ctx.save_for_backward(out)
            return out

        def backward(ctx, d):
            (out,) = ctx.saved_tensors
            return d * out

    x = leaf(0.5, 1.0)
    (dx,) = minigrad.grad(Exp.apply(x).sum(), x, create_graph=True)
    (ddx,) = minigrad.grad(dx.sum(), x)
    assert np.allclose(ddx.numpy(), np.exp([0.5, 1.0]))
    gc.disable()
    try:
        node = weakref.ref(Exp.apply(x).node)
        assert node() is None
    finally:
        gc.enable()


def test_the_context_says_which_gradients_are_needed():
    seen = []

    class Product(Function):
        def forward(ctx, a, b, note):
            ctx.save_for_backward(a, b, note)
            return a * b

        def backward(ctx, d):
            _, b, note = ctx.saved_values
            seen.append((ctx.needs_input_grad, note))
            return d * b, None, None

    Product.apply(leaf(1.0), tensor([2.0], dtype=minigrad.float64), "note").backward()
    assert seen == [((True, False, False), "note")]


def test_an_input_that_is_returned_becomes_a_tensor_of_its_own():
    class Straight(Function):
        def forward(ctx, x):
            return x

        def backward(ctx, d):
            return d * 2

    x = leaf(1.0)
    out = Straight.apply(x)
    out.backward()
    assert x.grad.tolist() == [2]
    assert x.is_leaf
    with no_grad():
        assert Straight.apply(x) is not x


def test_an_input_without_a_history_that_is_returned_keeps_none():
    class First(Function):
        def forward(ctx, a, b):
            return a

        def backward(ctx, d):
            return None, d

    a, b = tensor([1.0]), tensor([2.0], requires_grad=True)
    assert First.apply(a, b).requires_grad
    assert not a.requires_grad


def test_what_forward_changes_before_it_returns_is_no_change_in_place():
    class Counted(Function):
        def forward(ctx, x):
            kept = zeros(2, dtype=minigrad.float64)
            ctx.save_for_backward(kept)
            kept.fill_(3)
            return x * 3

        def backward(ctx, d):
            return d * ctx.saved_values[0]

    x = leaf(1.0, 2.0)
    Counted.apply(x).sum().backward()
    assert x.grad.tolist() == [3, 3]


def test_a_saved_tensor_that_was_changed_is_noticed():
    c = leaf(1.0, 2.0).detach()
    out = G.apply(c.requires_grad_())
    with no_grad():
        c.zero_()
    with pytest.raises(MinigradError, match=r"G needs a tensor .* changed in place"):
        out.sum().backward()


def test_going_back_twice_needs_the_history_to_be_kept():
    out = G.apply(leaf(1.0, 2.0)).sum()
    out.backward()
    with pytest.raises(MinigradError, match="a second time to G"):
        out.backward()


def returning(*gradients):
    """A Function of two tensors and a number, whose rule returns this."""

    class Given(Function):
        def forward(ctx, a, b, number):
            return a * number + b.sum()

        def backward(ctx, d):
            return gradients[0] if len(gradients) == 1 else gradients

    return Given


two, three = ones(2, dtype=minigrad.float64), ones(3, dtype=minigrad.float64)


@pytest.mark.parametrize(
    ("gradients", "said"),
    [
        ((two,), "returned 1 gradient, and forward has 3 inputs"),
        ((two, three), "returned 2 gradients, and forward has 3 inputs"),
        ((two, three, None, two), "returned 4 gradients, and forward has 3 inputs"),
        ((two, None, None), "returned None as the gradient of input 1; return zeros"),
        ((two.numpy(), three, None), "returned a NumPy array as the gradient of input 0; minigrad.tensor makes"),
        ((1.0, three, None), "returned a float as the gradient of input 0"),
        ((three, three, None), "shape (3,) and float64 for input 0, which has shape (2,) and float64"),
        ((ones(2), three, None), "shape (2,) and float32 for input 0, which has shape (2,) and float64"),
    ],
)
def test_a_wrong_gradient_is_named(gradients, said):
    out = returning(*gradients).apply(leaf(1.0, 2.0), leaf(1.0, 2.0, 3.0), 2)
    with pytest.raises(MinigradError) as caught:
        out.sum().backward()
    assert str(caught.value).startswith("Given.backward")
    assert said in str(caught.value)


def test_none_is_right_where_no_gradient_is_needed_and_more_of_them_do_no_harm():
    a, b = leaf(1.0, 2.0), tensor([1.0, 2.0, 3.0], dtype=minigrad.float64)
    returning(two, None, None, None).apply(a, b, 2).sum().backward()
    assert a.grad.tolist() == [1, 1]


def test_forward_returns_one_tensor():
    class Wrong(Function):
        def forward(ctx, x):
            return x.tolist()

    with pytest.raises(MinigradError, match=r"Wrong\.forward returned a list"):
        Wrong.apply(leaf(1.0))
