"""Products of matrices, convolutions and poolings are the sums that their formulas say."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from drawn_views import drawn, drawn_few, views
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import (
    MinigradError,
    avg_pool1d,
    avg_pool2d,
    conv1d,
    conv2d,
    from_numpy,
    max_pool1d,
    max_pool2d,
    tensor,
    zeros,
)

NUMBERS = (np.float32, np.float64, np.int32, np.int64)


def close(found, expected) -> bool:
    expected = np.asarray(expected)
    assert (found.shape, found.dtype) == (expected.shape, expected.dtype)
    return np.allclose(found.numpy(), expected, 1e-5, 1e-5)


@given(st.data())
@drawn
def test_matmul_is_numpys_on_any_views(data):
    dtype = data.draw(st.sampled_from(NUMBERS))
    n, k, m, batch = (data.draw(st.integers(0, 3)) for _ in range(4))
    left = data.draw(st.sampled_from([(k,), (n, k), (batch, n, k), (1, n, k), (2, 1, n, k)]))
    right = data.draw(st.sampled_from([(k,), (k, m), (batch, k, m), (1, k, m), (1, k, m)]))
    a, x = data.draw(views(shape=st.just(left), dtypes=(dtype,)))
    b, y = data.draw(views(shape=st.just(right), dtypes=(dtype,)))
    try:
        expected = a @ b
    except ValueError:
        with pytest.raises(MinigradError, match="matmul"):
            x @ y
        return
    assert close(x @ y, expected)
    assert close(minigrad.matmul(x, y), expected)
    assert close(x.matmul(y), expected)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (zeros(2, 3), zeros(2, 3), "shapes (2, 3) and (2, 3): 3 columns on the left do not fit 2 rows on the right"),
        (zeros(3), zeros(4), "shapes (3,) and (4,)"),
        (zeros(2, 2, 3), zeros(4, 3, 2), "shapes (2, 2, 3) and (4, 3, 2): shapes (2,) and (4,) do not broadcast"),
        (zeros(()), zeros(3), "got () and (3,)"),
        (zeros(2, 2), zeros(2, 2, dtype=minigrad.float64), "float32 of shape (2, 2) and float64 of shape (2, 2)"),
        (zeros(2, 2, dtype=bool), zeros(2, 2, dtype=bool), "not be bool"),
        (zeros(2, 2), 3, "matmul works on a tensor, and got int"),
    ],
)
def test_a_matmul_that_does_not_fit_is_explained(a, b, said):
    with pytest.raises(MinigradError) as caught:
        minigrad.matmul(a, b)
    assert said in str(caught.value)


def windows_of(array, sizes, stride, padding, value):
    """Every window of the last dimensions, and where it is among them."""
    n = len(sizes)
    padded = np.pad(array, [(0, 0)] * (array.ndim - n) + [(padding, padding)] * n, constant_values=value)
    counts = [(full - size) // stride + 1 for full, size in zip(padded.shape[-n:], sizes, strict=True)]
    for place in itertools.product(*map(range, counts)):
        cut = tuple(slice(i * stride, i * stride + size) for i, size in zip(place, sizes, strict=True))
        yield place, padded[(..., *cut)]


@pytest.mark.parametrize("n", [1, 2])
@given(st.data())
@drawn_few
def test_a_convolution_is_a_sum_over_windows(n, data):
    sizes = [data.draw(st.integers(1, 3)) for _ in range(n)]
    stride, padding = data.draw(st.integers(1, 3)), data.draw(st.integers(0, 2))
    batch, channels, out = (data.draw(st.integers(0, 2)) for _ in range(3))
    shape = (batch, channels, *(data.draw(st.integers(size, 5)) for size in sizes))
    a, x = data.draw(views(shape=st.just(shape), dtypes=(np.float64,)))
    w, weight = data.draw(views(shape=st.just((out, channels, *sizes)), dtypes=(np.float64,)))
    if a.ndim != n + 2 or w.ndim != n + 2 or a.shape[1] != w.shape[1] or min(a.shape[2:], default=0) < max(w.shape[2:]):
        return  # the views have moved away from these shapes
    bias = np.arange(w.shape[0]) * 0.5
    found = (conv1d, conv2d)[n - 1](x, weight, from_numpy(bias), stride, padding)
    assert found.shape[:2] == (a.shape[0], w.shape[0])
    if 0 in w.shape:
        return
    for place, window in windows_of(a, w.shape[2:], stride, padding, 0):
        expected = np.tensordot(window, w, (range(1, n + 2), range(1, n + 2))) + bias
        assert np.allclose(found.numpy()[(slice(None), slice(None), *place)], expected)


@pytest.mark.parametrize("n", [1, 2])
@given(st.data())
@drawn_few
def test_a_pooling_is_a_reduction_of_windows(n, data):
    sizes = [data.draw(st.integers(1, 3)) for _ in range(n)]
    stride, padding = data.draw(st.integers(1, 3)), data.draw(st.integers(0, min(sizes) // 2))
    shape = (2, *(data.draw(st.integers(size, 5)) for size in sizes))
    array = np.array(data.draw(st.permutations(range(math.prod(shape)))), np.float64).reshape(shape) - 3
    for found, value, reduce in (
        ((max_pool1d, max_pool2d)[n - 1](from_numpy(array), tuple(sizes), stride, padding), -math.inf, np.max),
        ((avg_pool1d, avg_pool2d)[n - 1](from_numpy(array), tuple(sizes), stride, padding), 0, np.mean),
    ):
        places = 0
        for place, window in windows_of(array, sizes, stride, padding, value):
            places += 1
            assert np.allclose(found.numpy()[(slice(None), *place)], reduce(window, axis=tuple(range(1, n + 1))))
        assert found.numel() == 2 * places


def test_the_stride_of_a_pooling_is_its_window_unless_given():
    x = tensor([[1.0, 3.0, 2.0, 0.0, 9.0]])
    assert max_pool1d(x, 2).tolist() == [[3, 2]]
    assert max_pool1d(x, 2, 1).tolist() == [[3, 3, 2, 9]]


def test_the_first_of_equals_in_a_window_gets_the_gradient():
    x = tensor([[1.0, 1.0, 0.0]], requires_grad=True)
    max_pool1d(x, 3).sum().backward()
    assert x.grad.tolist() == [[1, 0, 0]]


def test_a_batch_may_be_left_out():
    x, w = from_numpy(np.arange(24.0).reshape(2, 3, 4)), from_numpy(np.arange(12.0).reshape(1, 2, 2, 3))
    assert np.array_equal(conv2d(x, w).numpy(), conv2d(x.unsqueeze(0), w)[0].numpy())
    assert max_pool2d(x, 2).shape == (2, 1, 2)
    assert max_pool2d(x[0], 2).shape == (1, 2)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: conv2d(zeros(1, 2, 4, 4), zeros(3, 1, 2, 2)),
            "input of shape (1, 2, 4, 4), a weight of shape (3, 1, 2, 2)",
        ),
        (lambda: conv2d(zeros(1, 2, 4, 4), zeros(3, 2, 2, 2), zeros(2)), "a bias of shape (2,)"),
        (lambda: conv1d(zeros(1, 2, 4, 4), zeros(3, 2, 2)), "conv1d of an input of shape (1, 2, 4, 4)"),
        (
            lambda: conv1d(zeros(1, 1, 2), zeros(1, 1, 3)),
            "windows of 3 elements, 1 apart, along dimension 2 of shape (1, 1, 2)",
        ),
        (lambda: conv1d(zeros(1, 1, 4), zeros(1, 1, 3), stride=0), "a step is positive"),
        (lambda: conv1d(zeros(1, 1, 4), zeros(1, 1, 3), padding=(1, 1)), "one for each of 1 dimensions, not (1, 1)"),
        (lambda: conv1d(zeros(1, 1, 4), zeros(1, 1, 3), padding=-1), "not -1"),
        (lambda: max_pool2d(zeros(4), 2), "with at least 2 dimensions, not on float32 of shape (4,)"),
        (lambda: avg_pool1d(tensor([1, 2]), 2), "works on floats"),
        (lambda: max_pool1d(zeros(1, 4), 2, padding=2), "a padding of half of that at most, not (2,)"),
        (lambda: max_pool1d([1.0], 2), "max_pool1d works on a tensor"),
    ],
)
def test_mistakes_are_explained_with_the_shapes(call, said):
    with pytest.raises(MinigradError) as caught:
        call()
    assert said in str(caught.value)
