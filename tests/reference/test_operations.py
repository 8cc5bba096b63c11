"""Operations give NumPy's numbers at PyTorch's dtypes, on any strides, and say what is wrong."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn_views import DTYPES, arrays, drawn, drawn_few, same, views
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import MinigradError, arange, from_numpy, full, tensor, where, zeros
from minigrad.functions import RULES
from minigrad.rules import Kind

FLOATS = (np.float32, np.float64)
NUMBERS = (*FLOATS, np.int32, np.int64)
BITS = (np.int32, np.int64, np.bool_)
ANY = DTYPES

MAPS = {
    "neg": (np.negative, NUMBERS),
    "abs": (np.abs, NUMBERS),
    "relu": (lambda a: np.maximum(a, a.dtype.type(0)), NUMBERS),
    "exp": (np.exp, FLOATS),
    "log": (np.log, FLOATS),
    "sqrt": (np.sqrt, FLOATS),
    "sin": (np.sin, FLOATS),
    "cos": (np.cos, FLOATS),
    "tanh": (np.tanh, FLOATS),
    "reciprocal": (np.reciprocal, FLOATS),
    "erf": (lambda a: np.vectorize(math.erf, otypes=[a.dtype])(a), FLOATS),
    "erfc": (lambda a: np.vectorize(math.erfc, otypes=[a.dtype])(a), FLOATS),
    "gelu": (lambda a: np.vectorize(lambda x: x * math.erfc(-x / math.sqrt(2)) / 2, otypes=[a.dtype])(a), FLOATS),
    "bitwise_not": (np.invert, BITS),
    "sigmoid": (lambda a: (1 / (1 + np.exp(-a.astype(np.float64)))).astype(a.dtype), FLOATS),
}
ZIPS = {
    "add": (np.add, ANY),
    "sub": (np.subtract, NUMBERS),
    "mul": (np.multiply, ANY),
    "div": (np.divide, FLOATS),
    "pow": (lambda a, b: np.abs(a) ** b, FLOATS),
    "maximum": (np.maximum, ANY),
    "minimum": (np.minimum, ANY),
    "bitwise_and": (np.bitwise_and, BITS),
    "bitwise_or": (np.bitwise_or, BITS),
    "bitwise_xor": (np.bitwise_xor, BITS),
    "eq": (np.equal, ANY),
    "ne": (np.not_equal, ANY),
    "lt": (np.less, ANY),
    "le": (np.less_equal, ANY),
    "gt": (np.greater, ANY),
    "ge": (np.greater_equal, ANY),
}


def test_every_rule_is_tested_and_public():
    assert set(RULES) == {*MAPS, *ZIPS, "where"}
    for name in RULES:
        assert callable(getattr(minigrad, name))


def close(found, expected) -> bool:
    """Whether a tensor has an array's shape and dtype, and its elements to a few units in the last place."""
    assert found.shape == expected.shape
    assert found.dtype == expected.dtype
    return np.allclose(found.numpy(), expected, rtol=1e-6, atol=0, equal_nan=True)


@pytest.mark.parametrize("name", MAPS)
@given(st.data())
@drawn_few
def test_a_map_is_numpys_on_any_view(name, data):
    expected, dtypes = MAPS[name]
    array, view = data.draw(views(dtypes=dtypes))
    with np.errstate(all="ignore"):
        assert close(getattr(minigrad, name)(view), expected(array))
        assert close(getattr(view, name)(), expected(array))


@pytest.mark.parametrize("name", ZIPS)
@given(st.data())
@drawn_few
def test_a_zip_is_numpys_on_any_two_views_that_broadcast(name, data):
    expected, dtypes = ZIPS[name]
    dtype = data.draw(st.sampled_from(dtypes))
    a, x = data.draw(views(dtypes=(dtype,)))
    b, y = data.draw(views(dtypes=(dtype,)))
    try:
        np.broadcast_shapes(a.shape, b.shape)
    except ValueError:
        with pytest.raises(MinigradError) as caught:
            getattr(minigrad, name)(x, y)
        assert str(caught.value).startswith(f"{name}: shapes {a.shape} and {b.shape} do not broadcast")
        return
    if name == "pow":
        x = abs(x)
    with np.errstate(all="ignore"):
        assert close(getattr(minigrad, name)(x, y), expected(a, b))
        assert close(getattr(x, name)(y), expected(a, b))


@given(st.data())
@drawn
def test_where_chooses_as_numpy_does(data):
    shape = data.draw(st.sampled_from([(2, 3), (3,), (1, 3), (2, 1), ()]))
    c, condition = data.draw(views(shape=st.just(shape), dtypes=(np.bool_,)))
    a, b = data.draw(arrays(shape=st.sampled_from([(2, 3), (3,), ()]), dtypes=(np.float32,))), np.float32(9)
    try:
        expected = np.where(c, a, b)
    except ValueError:
        return
    assert same(where(condition, from_numpy(a), 9), expected)
    assert same(where(condition, 9, from_numpy(a)), np.where(c, b, a))


# --- The dtype of the result. The expected ones were read off PyTorch 2.15.

f4, f8 = tensor([1.0]), tensor([1.0], dtype="float64")
i4, i8 = tensor([1], dtype="int32"), tensor([1])
truth = tensor([True])
zero_dim_f4, zero_dim_f8, zero_dim_i8 = tensor(1.0), tensor(1.0, dtype="float64"), tensor(1)


@pytest.mark.parametrize(
    ("made", "dtype"),
    [
        (lambda: f4 + 10, "float32"),
        (lambda: 10 - f4, "float32"),
        (lambda: f4 * 0.1, "float32"),
        (lambda: f4 * np.float64(0.1), "float32"),
        (lambda: np.float64(0.1) * f4, "float32"),
        (lambda: f8 * 0.1, "float64"),
        (lambda: i8 + 1, "int64"),
        (lambda: i4 + 1, "int32"),
        (lambda: i4 + np.int64(1), "int32"),
        (lambda: i8 + 1.5, "float32"),
        (lambda: truth + 1, "int64"),
        (lambda: truth + 1.5, "float32"),
        (lambda: truth + True, "bool"),
        (lambda: f4 + f8, "float64"),
        (lambda: i8 + f4, "float32"),
        (lambda: i4 + i8, "int64"),
        (lambda: f4 + zero_dim_f8, "float32"),
        (lambda: i8 + zero_dim_f8, "float64"),
        (lambda: i4 + zero_dim_i8, "int32"),
        (lambda: zero_dim_f4 + zero_dim_f8, "float64"),
        (lambda: zero_dim_f4 + 1.5, "float32"),
        (lambda: zero_dim_i8 + 1.5, "float32"),
        (lambda: i8 / i8, "float32"),
        (lambda: 1 / i8, "float32"),
        (lambda: f8 / 2, "float64"),
        (lambda: i8**2, "int64"),
        (lambda: 2**i8, "int64"),
        (lambda: i8**0.5, "float32"),
        (lambda: i8.exp(), "float32"),
        (lambda: truth.exp(), "float32"),
        (lambda: f8.exp(), "float64"),
        (lambda: abs(i4), "int32"),
        (lambda: -i4, "int32"),
        (lambda: f4 < f8, "bool"),
        (lambda: i8 == 1.5, "bool"),
        (lambda: i4.maximum(i8), "int64"),
        (lambda: where(truth, 1, 2), "int64"),
        (lambda: where(truth, 1, 2.5), "float32"),
        (lambda: where(truth, f4, 0), "float32"),
        (lambda: where(truth, f4, f8), "float64"),
        (lambda: where(truth, i8, zero_dim_f8), "float64"),
        (lambda: f4.tril if False else zeros(2, 2, dtype="float64").tril(), "float64"),
        (lambda: i4.roll(1), "int32"),
    ],
)
def test_operands_meet_in_pytorchs_dtype(made, dtype):
    assert made().dtype == dtype


@given(arrays(dtypes=(np.float32,)))
@drawn
def test_numbers_count_as_float32_beside_float32(array):
    """0.1 is rounded to float32 before it is added, whatever the number of dimensions and NumPy's version."""
    x = from_numpy(array)
    assert same(x + 0.1, array + np.float32(0.1))
    assert same(0.1 * x, np.float32(0.1) * array)
    assert bool((tensor(0.1) == 0.1).item())


@pytest.mark.parametrize("name", MAPS)
def test_a_tensor_of_no_dimensions_gets_the_same_bits(name):
    dtype = minigrad.int64 if RULES[name].kind is Kind.BITS else minigrad.float32
    line = tensor([k / 7 for k in range(1, 50)], dtype=dtype)
    results = getattr(minigrad, name)(line)
    for x, result in zip(line, results, strict=True):
        assert same(getattr(minigrad, name)(x), result.numpy())


def test_operands_are_converted_before_they_meet():
    large = tensor([2**24 + 1])
    assert (large + tensor([1.0])).tolist() == [2**24]
    assert (large == tensor([float(2**24)])).tolist() == [True]
    assert close(truth.exp(), np.exp(np.ones(1, np.float32)))


# --- Edges


def test_infinities_and_nan_follow_ieee_in_silence(recwarn):
    inf, nan = math.inf, math.nan
    x = tensor([0.0, -1.0, inf, nan])
    assert same(x.log(), np.array([-inf, nan, inf, nan], np.float32))
    assert same(1 / tensor([0, 1]), np.array([inf, 1], np.float32))
    assert same(tensor([1000.0]).exp(), np.array([inf], np.float32))
    assert same(tensor([-1000.0, 1000.0]).sigmoid(), np.array([0, 1], np.float32))
    assert same(x.relu(), np.array([0, 0, inf, nan], np.float32))
    assert same(x.maximum(0), np.array([0, 0, inf, nan], np.float32))
    assert same(tensor([1.0, nan]).maximum(tensor([nan, 1.0])), np.array([nan, nan], np.float32))
    assert same(tensor([1.0, nan]).minimum(tensor([nan, 1.0])), np.array([nan, nan], np.float32))
    assert (x == x).tolist() == [True, True, True, False]
    assert not list(recwarn)


def test_a_zero_keeps_its_sign_where_pytorch_keeps_it():
    assert math.copysign(1, (-tensor(0.0)).item()) == -1
    assert math.copysign(1, abs(tensor(-0.0)).item()) == 1


def test_a_choice_may_be_taken_of_a_nan_that_is_not_chosen():
    x = tensor([-1.0, 4.0])
    assert where(x > 0, x.sqrt(), 0).tolist() == [0, 2]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: zeros(2, 3) + zeros(2, 4), "add: shapes (2, 3) and (2, 4) do not broadcast"),
        (lambda: where(truth.expand(2), zeros(3), zeros(4)), "where: shapes (2,) and (3,) and (4,) do not"),
        (lambda: where(i8, 1, 2), "the condition of where is a bool tensor, not one of int64"),
        (lambda: where([True], 1, 2), "where works on a tensor, and got list"),
        (lambda: truth - truth, "sub is not defined for bool"),
        (lambda: -truth, "neg is not defined for bool"),
        (lambda: i8**-1, "an int to a negative int power"),
        (lambda: 2 ** tensor([1, -1]), "an int to a negative int power"),
        (lambda: f4 + "a", "add takes tensors and numbers, not str"),
        (lambda: f4.add([1.0]), "add takes tensors and numbers, not list"),
        (lambda: f4 + np.ones(1), "minigrad.from_numpy makes it a tensor"),
        (lambda: np.ones(1) + f4, "minigrad.from_numpy makes it a tensor"),
        (lambda: i4 + 2**40, "a number is too large"),
        (lambda: minigrad.exp(1.5), "exp works on tensors, and got"),
        (lambda: f4.tril(), "tril needs at least two dimensions, and got shape (1,)"),
        (lambda: f4.roll((1, 2), (0,)), "one shift a dimension"),
        (lambda: f4.roll(1, 1), "no dimension 1"),
        (lambda: minigrad.roll([1], 1), "roll works on a tensor"),
    ],
)
def test_a_mistake_is_explained(call, said):
    with pytest.raises(MinigradError) as caught:
        call()
    assert said in str(caught.value)


def test_a_tensor_equals_nothing_that_is_no_number():
    assert (f4 == "a") is False
    assert (f4 != None) is True  # noqa: E711
    assert len({f4, f8}) == 2


# --- Moving elements


@given(views(), st.integers(-9, 9), st.data())
@drawn
def test_roll_is_numpys(pair, shift, data):
    array, view = pair
    assert same(view.roll(shift), np.roll(array, shift))
    if array.ndim:
        dim = data.draw(st.integers(-array.ndim, array.ndim - 1))
        assert same(view.roll(shift, dim), np.roll(array, shift, dim))
        assert same(view.roll((shift, 1), (dim, 0)), np.roll(array, (shift, 1), (dim, 0)))


@given(views(), st.integers(-4, 4))
@drawn
def test_triangles_are_numpys(pair, diagonal):
    array, view = pair
    if array.ndim >= 2:
        assert same(view.tril(diagonal), np.tril(array, diagonal))
        assert same(view.triu(diagonal), np.triu(array, diagonal))


# --- The references of the first puzzles


def test_the_expressions_of_the_first_puzzles_are_exact():
    a, b, c = (from_numpy(np.array(v, np.float32)) for v in ([0.5, -3, 2], [0.25, 3, -7], [1, 2, 4]))
    column, row = arange(3).to("float32").view(3, 1), full((1, 2), 10.0)
    square = arange(9).to("float32").view(3, 3)
    for found, expected in [
        (a + 10, [10.5, 7, 12]),
        (a + b, [0.75, 0, -5]),
        (column + row, [[10, 10], [11, 11], [12, 12]]),
        (a * b + c, [1.125, -7, -10]),
        (where(abs(a) >= abs(b), a, b), [0.5, -3, -7]),
        (a.roll(-4), [-3, 2, 0.5]),
        (square.triu(), [[0, 1, 2], [0, 4, 5], [0, 0, 8]]),
    ]:
        assert same(found, np.array(expected, np.float32))


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0)])
def test_the_expressions_of_the_first_puzzles_hold_for_no_elements(shape):
    a = zeros(*shape)
    for found in (a + 10, a * a + a, where(abs(a) >= abs(a), a, a), a.roll(5)):
        assert same(found, np.zeros(shape, np.float32))
