"""The same expressions in minigrad and in PyTorch, where it is installed."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from drawn_views import DTYPES, arrays, drawn, drawn_few, indices, shapes
from expressions import EXPRESSIONS, Library, ours
from hypothesis import given, settings
from hypothesis import strategies as st

import minigrad
from minigrad import MinigradError
from minigrad.functions import RULES
from minigrad.rules import Kind

torch = pytest.importorskip("torch")


def name_of(dtype) -> str:
    """The name of a PyTorch dtype."""
    return str(dtype).removeprefix("torch.")


def agree(found, expected, atol=0) -> bool:
    """Whether a minigrad and a PyTorch tensor have one shape, one dtype and, but for rounding, one value."""
    return (
        found.shape == tuple(expected.shape)
        and str(found.dtype) == name_of(expected.dtype)
        and np.allclose(found.numpy(), expected.numpy(), rtol=1e-6, atol=atol, equal_nan=True)
    )


SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, float("inf"), float("-inf"), float("nan")]
MAPS = [name for name, rule in RULES.items() if len(rule.operands) == 1]
ZIPS = [name for name, rule in RULES.items() if len(rule.operands) == 2]
OF_FLOATS = [name for name, rule in RULES.items() if rule.kind is not Kind.BITS]


def of_torch(name: str):
    """PyTorch's function of that name."""
    return getattr(torch, name, None) or getattr(torch.nn.functional, name)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", [name for name in MAPS if name in OF_FLOATS])
def test_maps_agree_on_special_values(name, dtype):
    # PyTorch's gelu adds 1 and erf, which cancel, and may be nan at infinity.
    values, atol = (SPECIAL[:6], 1e-7) if name == "gelu" else (SPECIAL, 0)
    found = getattr(minigrad, name)(minigrad.tensor(values, dtype=dtype))
    assert agree(found, of_torch(name)(torch.tensor(values, dtype=getattr(torch, dtype))), atol)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", [name for name in ZIPS if name in OF_FLOATS])
def test_zips_agree_on_special_values(name, dtype):
    a, b = zip(*itertools.product(SPECIAL, SPECIAL), strict=True)
    found = getattr(minigrad, name)(minigrad.tensor(a, dtype=dtype), minigrad.tensor(b, dtype=dtype))
    theirs = (torch.tensor(values, dtype=getattr(torch, dtype)) for values in (a, b))
    assert agree(found, of_torch(name)(*theirs))


@pytest.mark.parametrize(
    "name", [name for name, rule in RULES.items() if rule.backward and name not in ("where", "gelu")]
)
def test_gradients_agree_on_special_values(name):
    count = len(RULES[name].operands)
    columns = list(zip(*itertools.product(SPECIAL, repeat=count), strict=True))
    xs = [minigrad.tensor(column, dtype=minigrad.float64, requires_grad=True) for column in columns]
    ts = [torch.tensor(column, dtype=torch.float64, requires_grad=True) for column in columns]
    getattr(minigrad, name)(*xs).backward(minigrad.full((len(columns[0]),), -0.5))
    of_torch(name)(*ts).backward(torch.full((len(columns[0]),), -0.5, dtype=torch.float64))
    for x, t in zip(xs, ts, strict=True):
        assert agree(x.grad, t.grad)


OPERANDS = [
    *((np.dtype(dtype).name, shape) for dtype in DTYPES for shape in ((2,), ())),
    *((number, None) for number in (True, 2, 1.5)),
]


def operand(module, dtype, shape):
    """A tensor of ones, or a Python number."""
    return dtype if shape is None else module.full(shape, 1, dtype=getattr(module, dtype))


@pytest.mark.parametrize("name", [name for name in ZIPS if name not in ("maximum", "minimum")])
def test_operands_of_an_operator_meet_in_one_dtype(name):
    operator = RULES[name].forward
    for a, b in itertools.product(OPERANDS, OPERANDS):
        if a[1] is b[1] is None or (name == "pow" and {a[0], b[0]} <= {"bool", True}):
            continue
        try:
            theirs = operator(operand(torch, *a), operand(torch, *b))
        except RuntimeError:  # PyTorch refuses a few more bools, and bits of floats
            continue
        assert agree(operator(operand(minigrad, *a), operand(minigrad, *b)), theirs), (a, b)


@pytest.mark.parametrize("name", MAPS)
def test_maps_have_one_dtype(name):
    for dtype in DTYPES:
        try:
            theirs = of_torch(name)(operand(torch, np.dtype(dtype).name, (2,)))
        except NotImplementedError:  # PyTorch has no gelu of ints
            continue
        except RuntimeError:
            with pytest.raises(MinigradError):
                getattr(minigrad, name)(operand(minigrad, np.dtype(dtype).name, (2,)))
        else:
            assert agree(getattr(minigrad, name)(operand(minigrad, np.dtype(dtype).name, (2,))), theirs)


def test_the_branches_of_where_meet_in_one_dtype():
    for a, b in itertools.product(OPERANDS, OPERANDS):
        found = minigrad.where(minigrad.tensor([True, False]), operand(minigrad, *a), operand(minigrad, *b))
        assert agree(found, torch.where(torch.tensor([True, False]), operand(torch, *a), operand(torch, *b))), (a, b)


@given(st.data())
@drawn
def test_views_have_one_shape_and_strides(data):
    array = data.draw(arrays())
    ours, theirs = minigrad.from_numpy(array), torch.from_numpy(array)
    for _ in range(3):
        key = data.draw(indices(ours.shape))
        order = data.draw(st.permutations(range(ours[key].ndim)))
        ours, theirs = ours[key].permute(order), theirs[key].permute(order)
        assert agree(ours, theirs)
        lengths = zip(ours.shape, ours.stride(), theirs.stride(), strict=True)
        assert all(stride == expected for size, stride, expected in lengths if size > 1 and array.size)
        assert ours.is_contiguous() == theirs.is_contiguous()
        try:
            flat = theirs.view(-1)
        except RuntimeError:
            with pytest.raises(MinigradError):
                ours.view(-1)
        else:
            assert agree(ours.view(-1), flat)


@given(shapes, st.integers(-9, 9), st.integers(-3, 3))
@drawn_few
def test_moves_agree(shape, shift, diagonal):
    numbers = np.arange(float(np.prod(shape))).reshape(shape)
    ours, theirs = minigrad.from_numpy(numbers), torch.from_numpy(numbers)
    assert agree(ours.roll(shift), theirs.roll(shift))
    assert agree(ours.flatten(), theirs.flatten())
    assert agree(ours.squeeze(), theirs.squeeze())
    if len(shape) >= 2:
        assert agree(ours.tril(diagonal), theirs.tril(diagonal))
        assert agree(ours.triu(diagonal), theirs.triu(diagonal))


@pytest.mark.parametrize(
    "expression",
    [
        "tensor(1)",
        "tensor([1, 2.5])",
        "tensor([True, 2])",
        "tensor([])",
        "tensor([[1.5], [2]]).T",
        "zeros(2, 0)",
        "ones((2,))",
        "full((2,), 2.5)",
        "full((), True)",
        "arange(5)",
        "arange(1, 2, 0.3)",
        "arange(5, 0, -2)",
        "tensor([1.5, -2.5]).to(int32)",
        "tensor(0.1) == 0.1",
        "tensor([1, 0]) / 0",
    ],
)
def test_expressions_agree(expression):
    assert agree(eval(expression, {}, vars_of(minigrad)), eval(expression, {}, vars_of(torch)))


def vars_of(module):
    return {name: getattr(module, name) for name in ("tensor", "zeros", "ones", "full", "arange", "int32")}


# --- Gradients

theirs = Library(torch.nn.functional, torch)


def close(found, expected) -> bool:
    expected = expected.numpy(force=True)
    return found.shape == expected.shape and np.allclose(found.detach().numpy(), expected, 1e-9, 1e-11, equal_nan=True)


@pytest.mark.filterwarnings("ignore:The given NumPy array is not writable")
@pytest.mark.filterwarnings("ignore:nn.functional")
@pytest.mark.parametrize("name", EXPRESSIONS)
@given(st.data())
@settings(drawn, max_examples=8)
def test_values_and_gradients_and_their_gradients_agree(name, data):
    expression, arrays = data.draw(EXPRESSIONS[name])
    results = []
    for library, from_numpy, grad in (
        (ours, minigrad.from_numpy, minigrad.grad),
        (theirs, torch.from_numpy, torch.autograd.grad),
    ):
        xs = [from_numpy(array).requires_grad_() for array in arrays]
        out = expression(library, *xs)
        d = from_numpy(np.cos(np.arange(out.numel() + 0.0)).reshape(tuple(out.shape))).requires_grad_()
        first = grad(out, xs, d, create_graph=True)
        scalar = sum((each * each).sum() for each in first)
        results.append([out, *first, *grad(scalar, [*xs, d], allow_unused=True, materialize_grads=True)])
    assert all(map(close, *results))


def test_memory_is_shared_through_dlpack():
    ours = minigrad.arange(6, dtype=minigrad.float32).view(2, 3).T
    their = torch.from_dlpack(ours)
    their[0, 1] = 9
    assert agree(ours, their)
    again = minigrad.from_dlpack(their)
    their[2, 0] = 7
    assert agree(again, their)
