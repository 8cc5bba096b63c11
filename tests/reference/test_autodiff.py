"""Gradients flow back through a history: once, again, through deep and tangled graphs, and not where they must not."""

from __future__ import annotations

import gc
import threading
import weakref

import numpy as np
import pytest

import minigrad
from minigrad import MinigradError, Tensor, enable_grad, from_numpy, grad, is_grad_enabled, no_grad, ones, tensor, zeros


def leaf(*values, **keywords) -> Tensor:
    """A float64 tensor that requires gradients."""
    return tensor(list(values), dtype=minigrad.float64, requires_grad=True, **keywords)


# --- The sweep


def test_a_graph_may_be_a_hundred_thousand_nodes_deep():
    x = tensor(1.0, requires_grad=True)
    y = x
    for _ in range(100_000):
        y = y + x
    y.backward()
    assert x.grad.item() == 100_001
    node = weakref.ref(y.node)
    del y  # neither going back nor letting go is a recursion
    gc.collect()
    assert node() is None


def test_a_deep_graph_of_arrays_is_swept_too():
    x = leaf(1.0, 2.0)
    y = x
    for _ in range(5_000):
        y = (y * 1.0).reshape(2)
    y.sum().backward()
    assert x.grad.tolist() == [1, 1]


def test_a_node_used_many_times_gets_the_sum():
    x = leaf(2.0)
    y = x * x
    z = y * y + y * x + y
    z.backward(ones(1, dtype=minigrad.float64))
    assert x.grad.tolist() == [4 * 2.0**3 + 3 * 2.0**2 + 2 * 2.0]


def test_a_diamond_is_gone_through_once_for_each_node():
    """Without an order, a chain of squares would take two to the power of its length."""
    x = tensor(1.0, requires_grad=True)
    y = x
    for _ in range(60):
        y = y + y
    y.backward()
    assert x.grad.item() == 2.0**60


def test_gradients_accumulate_until_they_are_taken_away():
    x = leaf(1.0, 2.0)
    (x * x).sum().backward()
    (x * 3).sum().backward()
    assert x.grad.tolist() == [2 + 3, 4 + 3]
    x.grad = None
    x.sum().backward()
    assert x.grad.tolist() == [1, 1]


def test_leaves_do_not_share_a_gradient():
    a, b, d = leaf(1.0), leaf(2.0), tensor([5.0], dtype=minigrad.float64)
    (a + b).backward(d)
    a.grad.zero_()
    assert b.grad.tolist() == [5]
    assert d.tolist() == [5]
    c = leaf(1.0, 2.0)
    c.sum().backward()
    c.grad[0] = 7  # the gradient of a sum is spread without copies, but not here
    assert c.grad.tolist() == [7, 1]


def test_only_tensors_that_ask_for_it_get_a_gradient():
    x, c = leaf(1.0), tensor([2.0], dtype=minigrad.float64)
    y = x * c
    z = y + 1
    z.backward()
    assert x.grad.tolist() == [2]
    assert c.grad is None
    assert y.grad is None
    assert not c.requires_grad
    assert z.requires_grad
    assert (x.is_leaf, c.is_leaf, y.is_leaf) == (True, True, False)
    assert x.grad_fn is None
    assert y.grad_fn.name == "mul"


def test_integers_and_bools_never_have_a_history():
    x = leaf(1.5, -1.5)
    for made in (x > 0, x.to(minigrad.int64), x.argmax(), x == x, x.sort().indices):
        assert not made.requires_grad


def test_gradients_have_the_dtype_of_their_tensors():
    x = tensor([1.0, 2.0], requires_grad=True)
    y = leaf(3.0, 4.0)
    (x * y).sum().backward()
    assert x.grad.dtype == minigrad.float32
    assert y.grad.dtype == minigrad.float64


# --- Where nothing is recorded


def test_nothing_is_recorded_under_no_grad():
    x = leaf(1.0)
    with no_grad():
        assert not is_grad_enabled()
        y = x * 2
        with enable_grad():
            z = x * 2
        assert not is_grad_enabled()
    assert is_grad_enabled()
    assert not y.requires_grad
    assert z.requires_grad


def test_no_grad_decorates_functions_and_survives_exceptions():
    @no_grad()
    def double(x, again=False):
        assert not is_grad_enabled()
        return double(x) if again else x * 2

    assert not double(leaf(1.0), again=True).requires_grad
    with pytest.raises(ZeroDivisionError), no_grad():
        raise ZeroDivisionError
    assert is_grad_enabled()


def test_no_grad_is_an_affair_of_one_thread():
    seen = []
    with no_grad():
        thread = threading.Thread(target=lambda: seen.append(is_grad_enabled()))
        thread.start()
        thread.join()
    assert seen == [True]


def test_detached_tensors_share_memory_but_no_history():
    for x in (leaf(1.0, 2.0), tensor(3.0, requires_grad=True) * 2):
        y = x.detach()
        assert not y.requires_grad
        y.fill_(9)
        assert x.flatten()[0].item() == 9


def test_requires_grad_can_be_asked_for_and_taken_back():
    x = zeros(2)
    assert x.requires_grad_() is x
    x.requires_grad = False
    assert not (x * 2).requires_grad
    with pytest.raises(MinigradError, match=r"int64 and shape \(2,\) cannot require gradients"):
        zeros(2, dtype=minigrad.int64).requires_grad_()
    y = leaf(1.0) * 2
    with pytest.raises(MinigradError, match="mul made this tensor"):
        y.requires_grad = False


# --- Hooks, and gradients of what is no leaf


def test_retain_grad_keeps_the_gradient_of_a_result():
    x = leaf(1.0, 2.0)
    y = x * x
    y.retain_grad()
    (y * 3).sum().backward(retain_graph=True)
    assert y.grad.tolist() == [3, 3]
    (y * 3).sum().backward()
    assert y.grad.tolist() == [6, 6]


def test_hooks_see_the_whole_gradient_and_may_replace_it():
    x = leaf(1.0)
    y = x * 2
    seen = []
    y.register_hook(lambda d: seen.append(d.item()))
    y.register_hook(lambda d: d * 10)
    handle = x.register_hook(lambda d: d + 1)
    (y + y).backward()
    assert seen == [2]
    assert x.grad.tolist() == [2 * 10 * 2 + 1]
    handle.remove()
    handle.remove()
    x.grad = None
    (x * 2).backward()
    assert x.grad.tolist() == [2]


@pytest.mark.parametrize("returned", [zeros(3), 1.0])
def test_a_hook_must_return_a_gradient_of_the_same_shape(returned):
    x = leaf(1.0, 2.0)
    x.register_hook(lambda d: returned)
    with pytest.raises(MinigradError, match=r"the gradient of a tensor of shape \(2,\)"):
        x.sum().backward()


def test_hooks_need_a_gradient_to_come():
    for ask in (lambda x: x.register_hook(print), lambda x: x.retain_grad()):
        with pytest.raises(MinigradError, match=r"shape \(2,\) that does not require gradients"):
            ask(zeros(2))


# --- In place


def test_a_saved_tensor_that_was_changed_is_noticed():
    x, c = leaf(1.0, 2.0), tensor([3.0, 4.0], dtype=minigrad.float64)
    y = (x * c).sum()
    c[0] = 5
    with pytest.raises(MinigradError, match=r"mul needs a tensor of shape \(2,\).* changed in place"):
        y.backward()


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.copy_(1),
        lambda c: c[0].fill_(1),
        lambda c: c.T.mul_(2),
        lambda c: c.detach().add_(1),
        lambda c: c.view(1, 2).__setitem__((0, [0]), 1),
        lambda c: c.__iadd__(1),
    ],
)
def test_it_is_noticed_whichever_view_was_changed(change):
    x, c = leaf(1.0, 2.0), tensor([3.0, 4.0], dtype=minigrad.float64)
    y = (x * c).sum()
    change(c)
    with pytest.raises(MinigradError, match="changed in place"):
        y.backward()


def test_what_no_rule_needs_may_be_changed():
    x, c = leaf(1.0, 2.0), tensor([3.0, 4.0], dtype=minigrad.float64)
    y = (x + c).sum() + (x * 2).exp().sum() * 0
    c.zero_()
    with no_grad():
        x.fill_(7)  # the rule of exp needs its result, and that of x * 2 needs 2
    y.backward()
    assert x.grad.tolist() == [1, 1]


def test_a_result_that_its_own_rule_needs_is_watched():
    x = leaf(1.0, 2.0)
    y = x.exp()
    with no_grad():
        y.zero_()
    with pytest.raises(MinigradError, match="exp needs"):
        y.sum().backward()


def test_one_element_is_watched_like_many():
    x, c = tensor(2.0, requires_grad=True), tensor(3.0)
    for made in (c, c * 1, c.view(1)[0]):
        y = x * made
        made.fill_(5)
        with pytest.raises(MinigradError, match="changed in place"):
            y.backward()


def test_changes_that_would_lose_a_gradient_are_refused():
    x, y, plain = leaf(1.0, 2.0), leaf(1.0, 2.0) * 2, zeros(2, dtype=minigrad.float64)
    for write in (
        lambda: x.fill_(1),
        lambda: x.add_(1),
        lambda: x.__setitem__(0, 1),
        lambda: x[0].fill_(1),
        lambda: y.mul_(2),
        lambda: plain.copy_(y),
        lambda: plain.__setitem__(0, y[0]),
        lambda: plain.__setitem__([0], y[:1]),
        lambda: x.__isub__(1),
    ):
        with pytest.raises(MinigradError, match="cannot write into"):
            write()
    with no_grad():
        x -= 1
        plain.copy_(y)
    assert x.requires_grad
    assert x.is_leaf
    assert x.tolist() == [0, 1]
    assert plain.tolist() == [2, 4]


def test_adding_to_a_name_keeps_the_history_of_what_is_added():
    x = leaf(1.0, 2.0)
    total = tensor(0.0, dtype=minigrad.float64)
    for _ in range(3):
        total += (x * x).sum()
    total.backward()
    assert x.grad.tolist() == [6, 12]
    plain = same = zeros(2)
    plain += 1
    assert same.tolist() == [1, 1]


# --- Freed history


def test_going_back_twice_needs_the_history_to_be_kept():
    x = leaf(1.0, 2.0)
    y = (x * x).sum()
    y.backward(retain_graph=True)
    y.backward()
    assert x.grad.tolist() == [4, 8]
    with pytest.raises(MinigradError, match=r"a second time to mul, whose result has shape \(2,\).*retain_graph=True"):
        y.backward()


def test_history_that_saved_nothing_can_be_used_again():
    x = leaf(1.0, 2.0)
    shared = x.view(2, 1) + 1
    shared.sum().backward()
    shared.sum().backward()
    assert x.grad.tolist() == [2, 2]


@pytest.mark.parametrize("expression", [lambda x: x.exp().sum(), lambda x: x.prod(), lambda x: x.softmax(0).sum()])
def test_what_was_saved_is_let_go(expression):
    x = leaf(1.0, 2.0)
    y = expression(x)
    y.backward()
    with pytest.raises(MinigradError, match="a second time"):
        y.backward()


def test_a_graph_that_nobody_holds_is_gone_at_once():
    gc.disable()
    try:
        x = leaf(1.0, 2.0)
        y = x.exp().tanh().softmax(0)
        node = weakref.ref(y.node)
        del y
        assert node() is None  # no cycle: results do not hold themselves
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "expression",
    [
        lambda x: x + 1,
        lambda x: x.sum(),
        lambda x: x.mean(0),
        lambda x: x.max(0).values,
        lambda x: x.exp(),
        lambda x: x / 2,
        lambda x: minigrad.where(x > 1, x, 0),
        lambda x: x.softmax(0),
        lambda x: x.cumsum(0),
        lambda x: x.view(2, 1),
        lambda x: x.expand(3, 2),
        lambda x: x.unfold(0, 1, 1),
        lambda x: x[0],
        lambda x: x[[0, 0]],
        lambda x: minigrad.cat([x, x]),
        lambda x: minigrad.pad(x, (1, 1)),
        lambda x: x.to(minigrad.float32),
        lambda x: x.clone(),
        lambda x: x.flip(0),
    ],
)
def test_what_no_rule_needs_is_not_kept(expression):
    x = leaf(1.0, 2.0) + 0
    held = weakref.ref(x)
    y = expression(x)
    del x
    assert held() is None
    y.sum().backward()


# --- Where to start


def test_a_start_needs_one_element_or_a_gradient():
    x = leaf(1.0, 2.0)
    with pytest.raises(MinigradError, match=r"has shape \(2,\)"):
        (x * 2).backward()
    with pytest.raises(MinigradError, match=r"the gradient of a tensor of shape \(2,\) is .* not shape \(3,\)"):
        (x * 2).backward(ones(3))
    with pytest.raises(MinigradError, match="not ndarray"):
        (x * 2).backward(np.ones(2))
    (x * 2).backward(tensor([1.0, 10.0]))
    assert x.grad.tolist() == [2, 20]
    (x[:1] * 2).backward()
    assert x.grad.tolist() == [4, 20]


def test_a_start_needs_a_history():
    for make in (lambda: zeros(()), lambda: leaf(1.0).detach().sum()):
        with pytest.raises(MinigradError, match=r"shape \(\) has no history"):
            make().backward()


def test_a_leaf_may_be_where_it_starts():
    x = tensor(2.0, requires_grad=True)
    x.backward()
    assert x.grad.item() == 1


# --- grad


def test_grad_gives_gradients_and_leaves_those_of_leaves_alone():
    x, y = leaf(1.0, 2.0), leaf(3.0, 4.0)
    z = x * y
    dx, dz = grad((z * z).sum(), (x, z))
    assert dx.tolist() == [2 * 1 * 9, 2 * 2 * 16]
    assert dz.tolist() == [6, 16]
    assert x.grad is y.grad is None


def test_grad_sums_over_outputs():
    x = leaf(1.0, 2.0)
    (dx,) = grad([x.sum(), x * x, x], x, [None, ones(2), ones(2)])
    assert dx.tolist() == [1 + 2 + 1, 1 + 4 + 1]


def test_grad_takes_only_the_ways_that_lead_to_its_inputs():
    x = leaf(1.0, 2.0)
    y = x * x
    y.register_hook(lambda d: pytest.fail("nobody asked for this"))
    z = x * 3
    w = (z * z).sum() + (y * y).sum() * 0
    (dz,) = grad(w, z)
    assert dz.tolist() == [6, 12]
    z.sum().backward()  # what lies behind z was not freed
    assert x.grad.tolist() == [3, 3]


def test_gradients_on_the_way_are_let_go():
    for sweep in (lambda y, x: y.backward(), lambda y, x: grad(y, x)):
        x = leaf(1.0, 2.0)
        y, seen, alive = x * x, [], []
        y.register_hook(lambda d, seen=seen: seen.append(weakref.ref(d)))
        x.register_hook(lambda d, seen=seen, alive=alive: alive.append(seen[0]()))
        sweep((y * y).sum(), x)
        assert alive == [None]


def test_inputs_without_influence_are_named():
    x, y, z = leaf(1.0), leaf(1.0, 2.0), zeros(3)
    with pytest.raises(MinigradError, match=r"do not depend on input 1, of shape \(2,\)"):
        grad(x * 2, (x, y))
    assert grad(x * 2, (x, y), allow_unused=True)[1] is None
    assert grad(x * 2, (x, y), materialize_grads=True)[1].tolist() == [0, 0]
    with pytest.raises(MinigradError, match=r"input 0, of shape \(3,\), does not require gradients"):
        grad(x * 2, z)
    with pytest.raises(MinigradError, match="1 outputs and 2 grad_outputs"):
        grad(x * 2, x, [None, None])


# --- Gradients of gradients


def test_gradients_can_be_differentiated_again_and_again():
    x = tensor(2.0, dtype=minigrad.float64, requires_grad=True)
    y = x**4
    for expected in (4 * 8.0, 12 * 4.0, 24 * 2.0, 24.0):
        (y,) = grad(y, x, create_graph=True)
        assert y.item() == expected


def test_backward_with_create_graph_leaves_gradients_with_a_history():
    x = leaf(1.0, 2.0)
    (x * x * x).sum().backward(create_graph=True)
    first, x.grad = x.grad, None
    first.sum().backward()
    assert x.grad.tolist() == [6, 12]


def test_without_create_graph_gradients_have_no_history():
    x = leaf(1.0, 2.0)
    (x * x).sum().backward()
    assert not x.grad.requires_grad
    assert not grad((x * x).sum(), x)[0].requires_grad


def test_a_penalty_on_a_gradient_is_differentiated():
    x, w = leaf(1.0, 2.0), leaf(0.5, -1.0)
    (dx,) = grad((w * x).tanh().sum(), x, create_graph=True)
    (dx * dx).sum().backward()
    slope = [((1e-6 + v) * 0) for v in (0.5, -1.0)]
    for i, (a, b) in enumerate(((1.0, 0.5), (2.0, -1.0))):
        t = np.tanh(a * b)
        slope[i] = 2 * b * (1 - t * t) * ((1 - t * t) - 2 * a * b * t * (1 - t * t))
    assert np.allclose(w.grad.numpy(), slope)


# --- What numbers become


def test_a_list_of_tensors_keeps_their_history():
    x = leaf(2.0, 3.0)
    y = tensor([x[0], x[0] * x[1], 1.0])
    assert y.dtype == minigrad.float64
    y.backward(tensor([1.0, 10.0, 100.0]))
    assert x.grad.tolist() == [1 + 30, 20]
    assert not tensor([x[0].detach(), 1.0]).requires_grad
    with no_grad():
        assert not tensor([x[0], x[1]]).requires_grad
    assert tensor([x[0], x[1]], requires_grad=True).is_leaf
    assert not tensor(x).requires_grad


def test_numpy_does_not_take_a_tensor_with_a_history():
    x = leaf(1.0, 2.0)
    for read in (x.numpy, lambda: np.asarray(x), lambda: np.sin(x * 2), x.__dlpack__):
        with pytest.raises(MinigradError, match=r"x\.detach"):
            read()
    assert np.asarray(x.detach()).tolist() == x.tolist() == [1, 2]
    assert x[0].item() == 1
    assert from_numpy(x.detach().numpy()).tolist() == [1, 2]


def test_a_history_is_shown():
    x = tensor([1.0], requires_grad=True)
    assert repr(x) == "tensor([1.], requires_grad=True)"
    assert repr(x * 2) == "tensor([2.], grad_fn=<mul>)"
