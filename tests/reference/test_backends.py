"""Every backend gives NumPy's numbers, on any shapes, strides and dtypes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from checked_gpu import checked_backend
from drawn_views import DTYPES, drawn_few, views
from hypothesis import assume, given
from hypothesis import strategies as st

import minigrad
from minigrad import MinigradError, backends
from minigrad.backends import select
from minigrad.functions import RULES
from minigrad.tensor import Tensor, fresh

FLOATS = (np.float32, np.float64)
NUMBERS = (*FLOATS, np.int32, np.int64)

CHECKED = checked_backend()
every_backend = pytest.mark.parametrize("backend", ["numpy", "numba", CHECKED], ids=["numpy", "numba", "cuda"])
on_the_cpu = pytest.mark.parametrize("backend", ["numpy", "numba"])


def add(a, b):
    return a + b


def maximum(a, b):
    return select((a >= b) | (a != a), a, b)


def on(backend, tensor):
    """The same view of the same elements, on a backend."""
    backend = backends.get(backend)
    return Tensor(backend.store(tensor.storage.copy()), tensor.layout, backend)


def unwritten(backend, shape, dtype):
    """A tensor whose elements are not what anyone expects."""
    made = fresh(shape, np.dtype(dtype), backends.get(backend))
    made.fill_(1 if made.dtype == bool else 99)
    return made


def laid_out(draw, backend, shape, dtype):
    """A tensor of a shape: row by row, or a view with gaps whose dimensions lie in another order."""
    if draw(st.booleans()):
        return unwritten(backend, shape, dtype)
    order = draw(st.permutations(range(len(shape))))
    big = unwritten(backend, tuple(2 * shape[dim] + 1 for dim in order), dtype)
    spread = big[tuple(slice(1, None, 2) for _ in shape)]
    return spread.permute(*sorted(range(len(shape)), key=order.__getitem__))


def operand(draw, backend, shape, dtype):
    """An array of a shape, some of whose dimensions may be repeated, and a tensor of the same elements."""
    small = tuple(1 if draw(st.booleans()) else size for size in shape)
    array = ((np.arange(math.prod(small)) * 5) % 9 - 3).reshape(small)
    array = ((array + 0.5) if np.dtype(dtype).kind == "f" else array).astype(dtype)
    tensor = laid_out(draw, "numpy", small, dtype)
    tensor.numpy()[...] = array
    return np.broadcast_to(array, shape), on(backend, tensor.expand(shape))


def equal(found, expected, exact=True):
    """Whether a tensor has these elements, nan being nan; if not exactly, to some units in the last place."""
    found, expected = found.numpy(), np.asarray(expected).astype(found.dtype)
    if exact:
        return np.array_equal(found, expected, equal_nan=found.dtype.kind == "f")
    tolerance = 20 * np.finfo(found.dtype).eps if found.dtype.kind == "f" else 0
    return np.allclose(found, expected, rtol=tolerance, atol=tolerance, equal_nan=True)


# --- Map and zip


ZIPS = {
    "add": (add, lambda a, b: a + b, DTYPES),
    "compare": (lambda a, b: a <= b, lambda a, b: a <= b, (np.float32, np.bool_)),
    "steps": (lambda a, b: 2 * abs(a - b) + a * b, lambda a, b: 2 * np.abs(a - b) + a * b, (np.float64, np.int32)),
    "choose": (maximum, np.maximum, (np.float32, np.int64)),
}


@every_backend
@pytest.mark.parametrize("name", ZIPS)
@given(st.data())
@drawn_few
def test_zip_is_numpys_on_any_views_and_into_any_view(name, backend, data):
    function, expected, dtypes = ZIPS[name]
    dtype = data.draw(st.sampled_from(dtypes))
    array, a = data.draw(views(dtypes=(dtype,)))
    other, b = operand(data.draw, backend, array.shape, dtype)
    result = expected(array, other)
    out = laid_out(data.draw, backend, array.shape, result.dtype)
    backends.get(backend).zip(function, out, on(backend, a), b)
    assert equal(out, result)


@every_backend
@given(st.data())
@drawn_few
def test_map_writes_into_any_dtype(backend, data):
    dtype, other = data.draw(st.sampled_from([(one, DTYPES[i - 1]) for i, one in enumerate(DTYPES)]))
    array, view = data.draw(views(dtypes=(other,)))
    out = laid_out(data.draw, backend, array.shape, dtype)
    backends.get(backend).map(lambda a: a, out, on(backend, view))
    assert equal(out, array.astype(dtype))


def scalar_functions():
    """The scalar functions of all operations and gradients, with the dtypes of their operands."""
    for name, rule in RULES.items():
        kinds = [np.float32, np.float64] if rule.kind.name != "BITS" else [np.bool_, np.int32]
        for i, function in enumerate((rule.forward, *[each.function for each in rule.backward if each])):
            for dtype in kinds if i == 0 else kinds[:1]:
                operands = " ".join(function.__code__.co_varnames)
                yield pytest.param(function, dtype, id=f"{name} {operands} {np.dtype(dtype)}")


@pytest.mark.parametrize(("function", "dtype"), [*scalar_functions()])
def test_a_scalar_function_of_any_operation_gives_numpys_numbers_on_numba(function, dtype):
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    numbers = np.array([0, -0.0, 1, -1, 0.5, 2.5, -3, 7, 30, -30, 1e-6, np.inf, -np.inf, np.nan])
    numbers = numbers if np.dtype(dtype).kind == "f" else np.arange(-4, 10)
    operands = []
    for i, name in enumerate(names):
        grid = np.broadcast_to(numbers.reshape(-1, *[1] * (len(names) - 1 - i)), (len(numbers),) * len(names))
        operands.append(minigrad.tensor(grid.astype(bool if name == "condition" else dtype)))
    truth = len(names) == 2 and function.__name__ in ("eq", "ne", "lt", "le", "gt", "ge")
    results = []
    for backend in ("numpy", "numba"):
        out = unwritten(backend, operands[0].shape, np.bool_ if truth else dtype)
        backends.get(backend).zip(function, out, *[on(backend, operand) for operand in operands])
        results.append(out)
    assert equal(results[1], results[0].numpy(), exact=False)


@every_backend
@given(st.data())
@drawn_few
def test_a_result_may_lie_in_the_memory_of_an_operand(backend, data):
    size, shift, step = (data.draw(st.integers(*bounds)) for bounds in ((0, 40), (0, 3), (1, 3)))
    row = np.arange(150.0)
    expected = row.copy()
    expected[: size * step : step][:size] = 2 * row[shift : shift + size] + row[:size]
    tensor = on(backend, minigrad.tensor(row))
    backends.get(backend).zip(
        lambda a, b: 2 * a + b, tensor[: size * step : step], tensor[shift : shift + size], tensor[:size]
    )
    assert equal(tensor, expected)


@on_the_cpu
def test_a_large_result_may_lie_in_the_memory_of_an_operand(backend):
    row = np.arange(300_000.0)
    tensor = on(backend, minigrad.tensor(row))
    backends.get(backend).zip(lambda a, b: 2 * a + b, tensor[7:], tensor[:-7], tensor[7:])
    assert equal(tensor[7:], 2 * row[:-7] + row[7:])


@every_backend
@pytest.mark.parametrize(
    ("function", "dtype", "numbers", "expected"),
    [
        (lambda a: (a * a) // 2, np.int32, [65536, 70000, 3], [0, 302516352, 4]),  # int32 wraps
        (lambda a: ((a + a) == 1) * 3, np.bool_, [False, True], [0, 3]),  # bools add up to a bool
        (lambda a: (a * 16777217 - a * 16777216) + 0.5, np.float32, [1, 2], [0.5, 0.5]),  # float32 rounds
        (lambda a: (a / 2) * 4, np.int32, [1, 3], [2, 6]),  # ints divide to float64
    ],
)
def test_every_step_has_the_dtype_that_numpy_gives_it(backend, function, dtype, numbers, expected):
    a = on(backend, minigrad.tensor(np.array(numbers, dtype)))
    out = unwritten(backend, a.shape, np.float64)
    backends.get(backend).map(function, out, a)
    assert out.tolist() == expected


def nested(function):
    def twice(a, b):
        return function(function(a, b), b - 1)

    return twice


@on_the_cpu
def test_a_scalar_function_may_close_over_another(backend):
    a, b = (on(backend, minigrad.tensor(numbers)) for numbers in ([1.0, 5.0], [4.0, 2.0]))
    out = unwritten(backend, a.shape, np.float32)
    backends.get(backend).zip(nested(maximum), out, a, b)
    assert out.tolist() == [4, 5]


@every_backend
def test_large_tensors_are_worked_on_in_pieces_that_fit_together(backend):
    rng = np.random.default_rng(0)
    for shape in ((301,), (70, 5), (5, 3, 40)) if backend is CHECKED else ((300_001,), (700, 501), (5, 3, 40_000)):
        array = rng.integers(-8, 8, shape).astype(np.float32)
        for axes in (tuple(range(array.ndim)), tuple(reversed(range(array.ndim)))):
            view = on(backend, minigrad.tensor(array)).permute(*axes)
            out = unwritten(backend, shape, np.float32)
            backends.get(backend).zip(lambda a, b: a * b + 1, out.permute(*axes), view, view)
            assert equal(out, array * array + 1)
            moved = unwritten(backend, view.shape, np.float64)
            backends.get(backend).map(lambda a: a + 1, moved, view)
            assert equal(moved, array.transpose(axes) + 1)


@on_the_cpu
def test_a_read_only_array_is_never_written(backend):
    array = np.zeros(3)
    array.flags.writeable = False
    target = minigrad.from_numpy(array)
    target = Tensor(backends.get(backend).store(target.storage), target.layout, backends.get(backend))
    with pytest.raises(MinigradError, match="read-only"):
        target.backend.map(lambda a: a + 1, target, target)


# --- Reduce

REDUCTIONS = {
    "sum": (add, np.add, lambda dtype: 0, DTYPES),
    "prod": (lambda a, b: a * b, np.multiply, lambda dtype: 1, (np.float64, np.bool_)),
    "max": (maximum, np.maximum, lambda dtype: lowest(dtype), (np.float32, np.int32)),
    "odd": (lambda a, b: a + b + 0 * a * b, np.add, lambda dtype: 0, (np.int64,)),
}


def lowest(dtype):
    """What is not above any element: the identity of the maximum."""
    return {"f": -np.inf, "i": np.iinfo(dtype).min if dtype.kind == "i" else 0, "b": False}[dtype.kind]


@every_backend
@pytest.mark.parametrize("name", REDUCTIONS)
@given(st.data())
@drawn_few
def test_reduce_combines_all_elements_along_a_dimension(name, backend, data):
    function, ufunc, identity, dtypes = REDUCTIONS[name]
    array, view = data.draw(views(dtypes=dtypes))
    assume(array.ndim)
    dim = data.draw(st.integers(0, array.ndim - 1))
    dtype = np.dtype(np.int64) if array.dtype == bool and data.draw(st.booleans()) else array.dtype
    start = identity(dtype)
    out = laid_out(data.draw, backend, (*array.shape[:dim], 1, *array.shape[dim + 1 :]), dtype)
    backends.get(backend).reduce(function, out, on(backend, view), dim, start)
    assert equal(out, ufunc.reduce(array, axis=dim, keepdims=True, initial=start, dtype=dtype))


SHORT = ((1000,), (1, 701), (200, 3), (3, 200), (5, 2, 30), (29, 31))
LONG = ((100_000,), (70_001, 1), (40_000, 3), (3, 40_000), (300, 501), (33, 2, 3000), (5000, 32))
UNCACHED = ((700, 17_001), (20_000_001,))


@pytest.mark.parametrize(
    ("backend", "shape"),
    [
        pytest.param(backend, shape, id=f"{backend if isinstance(backend, str) else 'cuda'} {shape}")
        for backend, shapes in (("numpy", LONG), ("numba", LONG), (CHECKED, SHORT))
        for shape in shapes
    ],
)
def test_reduce_takes_every_element_of_a_large_tensor_once(backend, shape):
    rng = np.random.default_rng(0)
    array = rng.integers(-100, 100, shape)
    for axes in (tuple(range(array.ndim)), tuple(reversed(range(array.ndim)))):
        for dim in range(array.ndim):
            view = on(backend, minigrad.tensor(array)).permute(*axes)
            expected = array.transpose(axes).sum(dim, keepdims=True)
            for function in (add, lambda a, b: a + b + 0 * a * b):
                out = unwritten(backend, expected.shape, np.int64)
                backends.get(backend).reduce(function, out, view, dim, 0)
                assert equal(out, expected)


@pytest.mark.parametrize("shape", UNCACHED, ids=str)
def test_numba_takes_every_element_once_of_a_tensor_that_no_cache_holds(shape):
    array = np.ones(shape, np.int32)
    array[..., 7] = 5
    view = on("numba", minigrad.tensor(array))
    for dim in range(len(shape)):
        expected = array.sum(dim, keepdims=True)
        out = unwritten("numba", expected.shape, np.int64)
        backends.get("numba").reduce(add, out, view, dim, 0)
        assert equal(out, expected)


@on_the_cpu
@pytest.mark.parametrize("shape", [(1 << 20,), (1 << 18, 4), (4, 1 << 18), (1 << 14, 64), (1 << 10, 1 << 10)], ids=str)
def test_a_sum_of_many_float32_is_as_exact_as_numpys_pairwise_sum(backend, shape):
    array = np.random.default_rng(0).random(shape, dtype=np.float32)
    for dim in range(len(shape)):
        exact = array.sum(dim, keepdims=True, dtype=np.float64)
        out = unwritten(backend, exact.shape, np.float32)
        backends.get(backend).reduce(add, out, on(backend, minigrad.tensor(array)), dim, 0)
        assert np.max(np.abs(out.numpy() / exact - 1)) < 4e-7


# --- Matmul


@every_backend
@given(st.data())
@drawn_few
def test_matmul_multiplies_the_last_two_dimensions(backend, data):
    i, j, k = (data.draw(st.integers(0, 4)) for _ in "ijk")
    batch = data.draw(st.lists(st.integers(0, 3), max_size=2).map(tuple))
    dtype = data.draw(st.sampled_from(NUMBERS))
    arrays, tensors = [], []
    for shape in ((i, k), (k, j)):
        repeated = data.draw(st.integers(0, len(batch)))
        array = (np.arange(math.prod((*batch[repeated:], *shape))) % 7) - 3
        array = array.astype(dtype).reshape(*batch[repeated:], *shape)
        made = minigrad.tensor(array)
        if data.draw(st.booleans()):
            made = minigrad.tensor(np.swapaxes(array, -1, -2)).transpose(-1, -2)
        arrays.append(array)
        tensors.append(on(backend, made.expand(*batch, *shape)))
    out = laid_out(data.draw, backend, (*batch, i, j), dtype)
    backends.get(backend).matmul(out, *tensors)
    assert equal(out, np.broadcast_to(np.matmul(*arrays), (*batch, i, j)))


# --- All of it together


def test_a_loss_and_its_gradients_are_the_same_on_every_backend():
    rng = np.random.default_rng(0)
    given, weights = rng.standard_normal((6, 5)), rng.standard_normal((5, 3))
    results = []
    for backend in ("numpy", "numba", CHECKED):
        x = minigrad.tensor(given).to(backend)
        w = minigrad.tensor(weights).to(backend).requires_grad_()
        y = minigrad.tensor([0, 2, 1, 1, 0, 2]).to(backend)
        h = (x @ w).tanh()
        loss = (h.softmax(1).log() * h).mean() + h.T[::2].max() + h[y].sum() + h.sum(0).exp().sum()
        loss.backward()
        assert w.grad.backend is loss.backend is backends.get(backend)
        results.append((loss.item(), w.grad.numpy()))
    for loss, gradient in results[1:]:
        assert loss == pytest.approx(results[0][0], rel=1e-12)
        assert np.allclose(gradient, results[0][1], rtol=1e-11)


# --- Which backend


def test_a_backend_has_a_name_and_a_wrong_name_is_an_error():
    assert [backends.get(name).name for name in ("numpy", "numba")] == ["numpy", "numba"]
    assert backends.get(backends.get("numba")) is backends.get("numba")
    with pytest.raises(MinigradError, match="no backend 'jax'; there are numpy, numba, cuda"):
        backends.get("jax")


def test_the_default_backend_lasts_as_long_as_the_block():
    assert backends.default().name == "numpy"
    with backends.use("numba") as chosen:
        assert chosen.name == backends.default().name == "numba"
        with backends.use("numpy"):
            assert backends.default().name == "numpy"
        assert backends.default().name == "numba"
    assert backends.default().name == "numpy"


def test_new_tensors_are_on_the_default_backend():
    with backends.use("numba"):
        assert (minigrad.ones(2) + minigrad.tensor([1.0, 2.0])).backend is backends.get("numba")
    assert minigrad.ones(2).backend is backends.get("numpy")


def test_tensors_on_different_backends_do_not_meet():
    a = minigrad.tensor([[1.0]])
    b = a.to("numba")
    for meet in (lambda: a + b, lambda: a @ b, lambda: minigrad.cat([a, b]), lambda: a.copy_(b)):
        with pytest.raises(MinigradError, match=r"(numpy.*numba|numba.*numpy)"):
            meet()


# --- Accuracy of what the numba backend computes itself

FUNCTIONS = {
    "exp": (lambda a: math.exp(a), np.exp, 2),
    "expm1": (lambda a: math.expm1(a), np.expm1, 4),
    "log": (lambda a: math.log(a), np.log, 3),
    "log1p": (lambda a: math.log1p(a), np.log1p, 4),
    "tanh": (lambda a: math.tanh(a), np.tanh, 4),
    "erf": (lambda a: math.erf(a), np.vectorize(math.erf), 20),
    "erfc": (lambda a: math.erfc(a), np.vectorize(math.erfc), 1000),
}


def telling_numbers(dtype):
    """Numbers of all sizes, and those around which functions change their ways."""
    info = np.finfo(dtype)
    rng = np.random.default_rng(0)
    edges = np.array([0, 0.5, 1, 2, 20, info.eps, info.tiny, info.tiny * info.eps, info.max, np.inf, np.log(info.max)])
    sizes = np.exp(rng.uniform(math.log(info.tiny), math.log(info.max), 3000))
    numbers = [edges, sizes, rng.uniform(0, 1, 3000), rng.uniform(0, 30, 3000), [np.nan]]
    with np.errstate(all="ignore"):
        around = np.concatenate([*numbers, edges * (1 - info.eps), edges * (1 + info.eps)]).astype(dtype)
    return np.concatenate([around, -around])


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("dtype", FLOATS)
def test_numbas_mathematics_is_right_to_a_few_units_in_the_last_place(name, dtype):
    function, reference, units = FUNCTIONS[name]
    array = telling_numbers(dtype)
    out = unwritten("numba", array.shape, dtype)
    backends.get("numba").map(function, out, on("numba", minigrad.tensor(array)))
    found = out.numpy()
    with np.errstate(all="ignore"):
        exact = reference(array.astype(np.float64 if name in ("erf", "erfc") or dtype == np.float32 else np.longdouble))
        expected = exact.astype(dtype)
        assert np.array_equal(np.isnan(found), np.isnan(expected))
        assert np.array_equal(np.isinf(found), np.isinf(expected))
        error = np.abs(found - exact) / np.spacing(np.abs(expected))
    assert np.nanmax(np.where(np.isfinite(expected), error, 0)) < units
