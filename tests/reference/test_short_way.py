"""The short way of small tensors gives the same bits as the long one, forwards and backwards."""

from __future__ import annotations

import itertools
import threading

import numpy as np
import pytest
from drawn_views import drawn_few
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import from_numpy, full, tensor
from minigrad.forms import SMALL
from minigrad.functions import RULES

SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, -2.5, 1e-40, 1e30, float("inf"), float("-inf"), float("nan")]
NAMES = [name for name, rule in RULES.items() if rule.has_short_way and name != "where"]

floats = st.sampled_from(SPECIAL) | st.floats(-4, 4, width=32)
dtypes = st.sampled_from((np.float32, np.float64))
shapes = st.sampled_from([(), (1,), (1, 1), (2,), (3, 2), (9,)])


def short(array):
    """A tensor that may go the short way."""
    made = tensor(array)
    assert made.form is not None
    return made


def long(array):
    """The same in a storage that it does not fill."""
    room = np.zeros(array.size + 1, array.dtype)
    room[1:] = array.ravel()
    made = from_numpy(room)[1:].view(array.shape)
    assert made.form is None
    return made


def same_bits(a, b) -> bool:
    a, b = a.detach().numpy(), b.detach().numpy()
    bits = {4: np.int32, 8: np.int64}[a.itemsize]
    nan = np.isnan(a) & np.isnan(b)  # nan has a sign and a load, which nothing promises
    return a.shape == b.shape and a.dtype == b.dtype and bool(np.all(nan | (a.view(bits) == b.view(bits))))


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
@drawn_few
def test_results_and_gradients_have_the_same_bits(name, data):
    dtype, shape = data.draw(dtypes), data.draw(shapes)
    count = len(RULES[name].operands)
    size = int(np.prod(shape))
    arrays = [
        np.array(data.draw(st.lists(floats, min_size=size, max_size=size)), dtype).reshape(shape)
        for _ in range(count + 1)
    ]
    *given_arrays, d = arrays
    results = []
    for make in (short, long):
        xs = [make(array).requires_grad_() for array in given_arrays]
        out = getattr(minigrad, name)(*xs)
        out.backward(make(d))
        results.append([out, *[x.grad for x in xs]])
    assert all(map(same_bits, *results))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", [name for name in NAMES if len(RULES[name].operands) == 2])
@pytest.mark.parametrize("number", [2, -1, 0, 0.1, 1e-50, -0.0, 1e300, 2**70, float("inf"), float("nan"), True])
def test_numbers_beside_them_have_the_same_bits(name, number):
    for dtype, shape in itertools.product((np.float32, np.float64), ((), (1,), (3,))):
        array = np.full(shape, 1.5, dtype)
        for order in (1, -1):
            results = []
            for make in (short, long):
                x = make(array).requires_grad_()
                out = getattr(minigrad, name)(*(x, number)[::order])
                results.append([out, *minigrad.grad(out.sum(), x)])
            assert all(map(same_bits, *results)), (dtype, shape, order)


def test_a_number_that_no_float_can_be_is_refused_beside_a_scalar_too():
    with pytest.raises(minigrad.MinigradError, match="cannot make a tensor of float32"):
        tensor(1.0) * 10**400


def test_a_scalar_is_a_tensor_like_any_other():
    """A result of the short way has only its value, until something else is asked for."""
    for ask, expected in [
        (lambda x: x.shape, ()),
        (lambda x: x.dtype, minigrad.float32),
        (lambda x: x.stride(), ()),
        (lambda x: x.is_contiguous(), True),
        (lambda x: x.storage.tolist(), [6]),
        (lambda x: x.storage_offset(), 0),
        (lambda x: x.backend.name, "numpy"),
        (lambda x: x.numpy().tolist(), 6),
        (lambda x: x.clone().fill_(1).item() + x.item(), 7),
        (lambda x: x.view(1, 1).tolist(), [[6]]),
        (lambda x: x.expand(2).tolist(), [6, 6]),
        (lambda x: x.to(minigrad.int64).item(), 6),
        (lambda x: x.sum().item(), 6),
        (lambda x: (x > 5).item(), True),
        (lambda x: repr(x), "tensor(6.)"),
        (lambda x: x.grad, None),
    ]:
        x = tensor(2.0) * tensor(3.0)
        assert x.value is not None
        assert ask(x) == expected
        x.fill_(5)
        assert x.item() == 5
        assert (x + x).item() == 10


def test_views_of_a_scalar_share_its_memory():
    x = tensor(2.0) * 3
    for y in (x.detach(), x.view(1), x[None]):
        y.fill_(7)
        assert x.item() == 7
        assert (x * 2).item() == 14
        x.fill_(6)
        assert y.flatten()[0].item() == 6


def test_larger_and_other_tensors_have_no_short_way():
    for x in (full((SMALL + 1,), 1.0), tensor([1]), tensor([True]), tensor([1.0, 2.0])[1:], tensor([[1.0, 2.0]]).T):
        assert x.form is None
    assert full((SMALL,), 1.0).form is not None


def test_threads_do_not_get_in_each_others_way():
    wrong = []

    def work(k: int) -> None:
        x = tensor(float(k), requires_grad=True)
        y = tensor([float(k)] * 50)
        for _ in range(300):
            z = (x * x + 1).exp().log()
            if abs(minigrad.grad(z, x)[0].item() - 2 * k) > 1e-3 or (y * y).tolist() != [k * k] * 50:
                wrong.append(k)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_overflow_is_silent(recwarn):
    x = tensor(3e38, requires_grad=True)
    ((x * x) / (x - x)).backward()
    assert np.isnan(x.grad.item())
    assert (tensor([3e38, 1.0]) * 10 / 0).tolist() == [float("inf")] * 2
    assert not recwarn.list
