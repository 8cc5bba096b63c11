"""Reductions give NumPy's numbers at PyTorch's dtypes, and keep PyTorch's rules where elements are equal or missing."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from drawn_views import DTYPES, drawn, drawn_few, views
from hypothesis import assume, given
from hypothesis import strategies as st

import minigrad
from minigrad import MinigradError, from_numpy, tensor, zeros

INF, NAN = math.inf, math.nan
FLOATS = (np.float32, np.float64)


@st.composite
def dims_of(draw, ndim, several=True):
    """A dimension, several, or None; and keepdim."""
    one = st.integers(-ndim, ndim - 1) if ndim else st.sampled_from((0, -1))
    some = st.lists(st.sampled_from(range(ndim)), min_size=1, unique=True).map(tuple) if ndim else one
    return draw(st.one_of(st.none(), one, some) if several else one), draw(st.booleans())


def as_axis(dim, ndim):
    """The dimensions as NumPy has them; a tensor of no dimensions may be asked for its only one."""
    return None if ndim == 0 or dim is None else dim


def close(found, expected, rtol=1e-5) -> bool:
    expected = np.asarray(expected)
    assert (found.shape, found.dtype) == (expected.shape, expected.dtype)
    return np.allclose(found.numpy(), expected, rtol, 1e-6, equal_nan=True)


SUMS = {
    "sum": (np.sum, DTYPES),
    "prod": (np.prod, DTYPES),
    "mean": (np.mean, FLOATS),
    "amax": (np.max, DTYPES),
    "amin": (np.min, DTYPES),
    "all": (np.all, DTYPES),
    "any": (np.any, DTYPES),
}


@pytest.mark.filterwarnings("ignore:Mean of empty slice")
@pytest.mark.parametrize("name", SUMS)
@given(st.data())
@drawn_few
def test_reductions_over_dimensions_are_numpys(name, data):
    function, dtypes = SUMS[name]
    array, view = data.draw(views(dtypes=dtypes))
    dim, keepdim = data.draw(dims_of(array.ndim))
    wide = array.astype(np.int64) if name in ("sum", "prod") and array.dtype.kind != "f" else array
    axis = as_axis(dim, array.ndim)
    try:
        with np.errstate(all="ignore"):
            expected = function(wide, axis, keepdims=keepdim)
    except ValueError:
        with pytest.raises(MinigradError, match="there is no element"):
            getattr(minigrad, name)(view, dim, keepdim)
        return
    if name in ("all", "any"):
        expected = np.asarray(expected, bool)
    assert close(getattr(minigrad, name)(view, dim, keepdim), expected)
    assert close(getattr(view, name)(dim=dim, keepdim=keepdim), expected)


@given(st.data())
@drawn
def test_variance_is_the_mean_square_of_distances(data):
    array, view = data.draw(views(dtypes=(np.float64,)))
    dim, keepdim = data.draw(dims_of(array.ndim))
    count = np.prod([array.shape[d] for d in np.atleast_1d(dim)] if array.ndim and dim is not None else array.shape)
    for correction in (0, 1):
        assume(count > correction)
        expected = np.var(array, as_axis(dim, array.ndim), ddof=correction, keepdims=keepdim)
        assert close(view.var(dim, correction=correction, keepdim=keepdim), expected)
        assert close(view.var(dim, bool(correction), keepdim), expected)
        assert close(view.std(dim, correction=correction, keepdim=keepdim), np.sqrt(expected))


def test_variance_of_too_few_is_nan():
    assert math.isnan(tensor([1.0]).var().item())
    assert math.isnan(zeros(0).var().item())
    assert tensor([1.0]).var(unbiased=False).item() == 0


@pytest.mark.parametrize("name", ["max", "min"])
@given(st.data())
@drawn_few
def test_the_extreme_along_a_dimension_comes_with_the_index_of_the_first(name, data):
    array, view = data.draw(views())
    if array.dtype.kind == "i":  # with elements that are equal
        array = np.asarray(array // 3)
        view = from_numpy(array)
    dim, keepdim = data.draw(dims_of(array.ndim, several=False))
    arg = {"max": np.argmax, "min": np.argmin}[name]
    lines = array if array.ndim else array.reshape(1)
    if lines.shape[dim] == 0:
        with pytest.raises(MinigradError, match="no element along"):
            getattr(view, name)(dim)
        return
    expected = arg(lines, dim, keepdims=keepdim and array.ndim > 0)
    values, indices = getattr(minigrad, name)(view, dim, keepdim)
    assert close(indices, np.asarray(expected, np.int64).reshape(indices.shape))
    assert close(getattr(view, f"arg{name}")(dim, keepdim), np.asarray(expected, np.int64).reshape(indices.shape))
    reduced = getattr(np, name)(lines, dim, keepdims=keepdim and array.ndim > 0)
    assert close(values, np.asarray(reduced).reshape(values.shape))


def test_the_extreme_of_all_and_of_two():
    x = tensor([[1.0, 5.0], [7.0, 2.0]])
    assert x.max().item() == 7
    assert x.min().item() == 1
    assert x.argmax().item() == 2
    assert x.argmin(keepdim=True).tolist() == [[0]]
    assert x.max(tensor(3.0)).tolist() == [[3, 5], [7, 3]]
    assert x.min(tensor(3.0)).tolist() == [[1, 3], [3, 2]]


# --- Equal elements, nan and infinities


def gradient(expression, values, d=None):
    x = tensor(values, dtype=minigrad.float64, requires_grad=True)
    out = expression(x)
    out.backward(None if d is None else tensor(d, dtype=minigrad.float64))
    return x.grad.tolist()


def test_the_first_of_equals_gets_the_gradient_along_a_dimension():
    assert gradient(lambda x: x.max(0).values, [5.0, 7.0, 7.0]) == [0, 1, 0]
    assert gradient(lambda x: x.min(1).values, [[2.0, 2.0], [3.0, 1.0]], [1, 10]) == [[1, 0], [0, 10]]


def test_equals_share_the_gradient_of_amax_and_of_the_extreme_of_all():
    assert gradient(lambda x: x.max(), [5.0, 7.0, 7.0]) == [0, 0.5, 0.5]
    assert gradient(lambda x: x.amin(1), [[2.0, 2.0], [3.0, 1.0]], [1, 10]) == [[0.5, 0.5], [0, 10]]


def test_nan_is_the_extreme_where_there_is_one():
    x = tensor([1.0, NAN, 3.0])
    for reduce in (x.max, x.min, x.amax, x.amin):
        assert math.isnan(reduce().item())
    assert x.max(0).indices.item() == x.argmin().item() == 1
    assert gradient(lambda x: x.max(), [1.0, NAN, 3.0]) == [0, 1, 0]


def test_a_product_has_gradients_also_where_there_are_zeros():
    assert gradient(lambda x: x.prod(), [2.0, 3.0, 4.0]) == [12, 8, 6]
    assert gradient(lambda x: x.prod(), [2.0, 0.0, 4.0]) == [0, 8, 0]
    assert gradient(lambda x: x.prod(), [0.0, 0.0, 4.0]) == [0, 0, 0]
    assert gradient(lambda x: x.prod(0), [[0.0, 1.0], [2.0, 3.0]], [1, 10]) == [[2, 30], [0, 10]]
    x = tensor([0.0, 2.0, 3.0], requires_grad=True)
    (dx,) = minigrad.grad(x.prod(), x, create_graph=True)
    assert minigrad.grad(dx[1], x)[0].tolist() == [3, 0, 0]


def test_a_spread_of_zero_has_gradient_zero():
    assert gradient(lambda x: x.std(), [2.0, 2.0]) == [0, 0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1000.0, 1000.0], 1000 + math.log(2)),
        ([-1000.0, -1001.0], -1000 + math.log(1 + math.exp(-1))),
        ([INF, 1.0], INF),
        ([-INF, -INF], -INF),
        ([INF, -INF], INF),
        ([NAN, 1.0], NAN),
        ([], -INF),
    ],
)
def test_logsumexp_neither_overflows_nor_loses_infinities(values, expected):
    found = tensor(values, dtype=minigrad.float64).logsumexp(0).item()
    assert found == pytest.approx(expected, nan_ok=True)


def test_softmax_of_large_numbers():
    x = tensor([[1000.0, 1001.0], [-INF, 0.0], [0.0, -1000.0]])
    p = 1 / (1 + math.e)
    assert np.allclose(x.softmax(1).numpy(), [[p, 1 - p], [0, 1], [1, 0]])
    assert np.allclose(x.log_softmax(1).numpy(), [[math.log(p), math.log(1 - p)], [-INF, 0], [0, -1000]])
    assert np.isnan(tensor([INF, 1.0]).softmax(0).numpy()).all()
    assert np.isnan(tensor([-INF, -INF]).log_softmax(0).numpy()).all()


@given(st.data())
@drawn_few
def test_softmax_sums_to_one(data):
    array, view = data.draw(views(dtypes=FLOATS))
    dim, _ = data.draw(dims_of(array.ndim, several=False))
    soft = view.softmax(dim)
    if array.size:
        assert close(soft.sum(dim), np.ones(soft.sum(dim).shape, array.dtype))
        assert close(view.log_softmax(dim).exp(), soft.numpy())
        assert close(view.logsumexp(dim), np.log(np.exp(view.numpy()).sum(as_axis(dim, array.ndim))))
    assert soft.shape == array.shape


@given(st.data())
@drawn_few
def test_running_sums_are_numpys(data):
    array, view = data.draw(views())
    dim, _ = data.draw(dims_of(array.ndim, several=False))
    wide = array if array.dtype.kind == "f" else array.astype(np.int64)
    assert close(view.cumsum(dim), np.cumsum(wide, dim) if array.ndim else wide)


def test_sums_of_many_float32_are_accurate():
    many = np.full(1_000_000, 0.1, np.float32)
    assert from_numpy(many).sum().item() == pytest.approx(100_000, rel=1e-6)
    assert from_numpy(many.reshape(1000, 1000)).sum(0).sum().item() == pytest.approx(100_000, rel=1e-5)


def test_ints_and_bools_are_summed_wide():
    assert tensor([2**31 - 1] * 3, dtype=minigrad.int32).sum().item() == 3 * (2**31 - 1)
    assert tensor([True, True]).sum().dtype == minigrad.int64
    assert tensor([1, 2]).sum(dtype=minigrad.float32).dtype == minigrad.float32


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda x: x.sum(2), "no dimension 2"),
        (lambda x: x.sum((0, 0)), "shape (2, 3): name each only once"),
        (lambda x: x.to(int).mean(), "mean is not defined for int64"),
        (lambda x: x.to(int).softmax(0), "softmax is not defined for int64"),
        (lambda x: x[:0].max(), "shape (0, 3)"),
        (lambda x: x[:0].argmax(0), "shape (0, 3): there is no element along dimension 0"),
        (lambda x: x.max((0, 1)), "shape (2, 3) finds indices along one dimension, not along (0, 1)"),
        (lambda x: minigrad.sum([1.0]), "sum works on a tensor, and got list"),
    ],
)
def test_mistakes_are_explained_with_the_shapes(call, said):
    with pytest.raises(MinigradError) as caught:
        call(zeros(2, 3))
    assert said in str(caught.value)


def test_every_pair_of_dimensions_of_every_layout_is_reduced():
    array = np.arange(24.0).reshape(2, 3, 4)
    for order in itertools.permutations(range(3)):
        view, moved = from_numpy(array).permute(*order), array.transpose(order)
        for dims in itertools.permutations(range(3), 2):
            assert np.array_equal(view.sum(dims).numpy(), moved.sum(dims))
            assert np.array_equal(view.amax(dims, True).numpy(), moved.max(dims, keepdims=True))
