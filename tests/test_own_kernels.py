"""A backend made of the answers to puzzles 30 to 33, or 34 to 36: a learner's own verbs run a real model.

Where numbers alone are at stake, the kernels run as plain Python, since it takes numba a second to compile one.
"""

from __future__ import annotations

import importlib.util
import math
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad
from minigrad import MinigradError, backends

ROOT = Path(minigrad.__file__).parents[1]


def imported(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(number):
    """The function of a puzzle's solution."""
    [path] = (ROOT / "solutions" / "part4_strides").glob(f"puzzle{number}_*.py")
    return getattr(imported(path), path.stem.partition("_")[2])


VERBS = [answer(number) for number in (30, 31, 32, 33)]


def interpreted(maker):
    """The same kernels, left to Python."""
    return lambda *given: maker(*given).py_func


@pytest.fixture
def own():
    return backends.from_kernels(*map(interpreted, VERBS))


def numbers(*shape, dtype=np.float32):
    return (np.arange(np.prod(shape, dtype=int)) * 7 % 11 - 4).astype(dtype).reshape(shape)


# --- A real model


@pytest.fixture
def on_one_core():
    """Nothing waits for a core that is busy with the tests that run beside this one."""
    numba = pytest.importorskip("numba")
    before = numba.get_num_threads()
    numba.set_num_threads(1)
    with pytest.importorskip("threadpoolctl").threadpool_limits(1):
        yield
    numba.set_num_threads(before)


@pytest.mark.on_one_python
def test_the_digits_are_read_as_well_as_with_numpy(on_one_core, capsys):
    pytest.importorskip("sklearn")
    example = imported(ROOT / "docs" / "examples" / "digits.py")
    with_numpy = example.main(epochs=3)
    own = backends.from_kernels(*VERBS)
    with backends.use(own):
        with_own = example.main(epochs=3)
    capsys.readouterr()
    assert with_own > 0.93
    assert with_own == pytest.approx(with_numpy, abs=0.02)
    batches = 3 * len(example.batches(1797 - example.HELD_OUT))
    # Forwards each batch has three products, and backwards five: one less, as pictures have no gradient.
    assert own.calls["matmul"] == 8 * batches + 3 * 4
    assert all(own.calls[verb] > 5 * batches for verb in ("map", "zip", "reduce"))


def test_forwards_and_backwards_go_through_the_kernels(own):
    x = minigrad.tensor([[1.0, -2.0], [3.0, 4.0]], backend=own, requires_grad=True)
    assert own.calls == {"map": 0, "zip": 0, "reduce": 0, "matmul": 0}
    y = (x @ x).relu().sum()
    assert own.calls == {"map": 1, "zip": 0, "reduce": 1, "matmul": 1}
    y.backward()
    assert own.calls["matmul"] == 3 and own.calls["zip"] >= 2
    plain = minigrad.tensor([[1.0, -2.0], [3.0, 4.0]], requires_grad=True)
    (plain @ plain).relu().sum().backward()
    assert x.grad.tolist() == plain.grad.tolist()


def test_a_kernel_is_made_once_for_what_a_scalar_function_computes():
    made = []

    def counting(f):
        made.append(f)
        return interpreted(VERBS[1])(f)

    own = backends.from_kernels(interpreted(VERBS[0]), counting, interpreted(VERBS[2]))
    x = minigrad.tensor([1.0, 2.0, 3.0], backend=own)
    for _ in range(3):
        assert (x + x * x).tolist() == [2, 6, 12]
    assert len(made) == 2
    own.zip(lambda b, a: b * a, x, x, x)
    assert len(made) == 2


# --- Every tensor


VIEWS = {
    "row by row": lambda x: x,
    "permuted": lambda x: x.permute(2, 0, 1),
    "sliced": lambda x: x[:, 1:, ::2],
    "expanded": lambda x: x[:1].expand(3, -1, -1),
    "part of a row": lambda x: x[1, 2, 1:],
    "no dimensions": lambda x: x[1, 2, 3],
    "no elements": lambda x: x[:, 3:],
    "five dimensions": lambda x: x[:, None, :, None].expand(-1, 2, -1, 2, -1),
    "six dimensions": lambda x: x.permute(2, 0, 1)[:, None, :, None, :, None].expand(-1, 2, -1, 2, -1, 2),
}

OPERATIONS = {
    "a map": lambda x: (x * 2 + 1).exp() if x.dtype == minigrad.float64 else x * x - 3,
    "a zip": lambda x: x - x.flip(0) if x.ndim else x - 1,
    "a sum": lambda x: x.sum(),
    "a sum along the first dimension": lambda x: x.sum(0) if x.ndim else x,
    "a maximum along the last dimension": lambda x: x.amax(-1) if x.ndim and x.numel() else x,
    "a copy": lambda x: x.clone(),
    "a product": lambda x: x @ x.mT if x.ndim > 1 else x,
    "a choice": lambda x: minigrad.where(x > 0, x, -x),
    "a comparison": lambda x: x >= 2,
}


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64], ids=str)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_any_view_gives_what_numpy_gives(own, operation, dtype):
    compute = OPERATIONS[operation]
    for name, view in VIEWS.items():
        expected = compute(view(minigrad.tensor(numbers(2, 3, 4, dtype=dtype))))
        found = compute(view(minigrad.tensor(numbers(2, 3, 4, dtype=dtype), backend=own)))
        assert found.backend is own
        assert (found.shape, found.dtype) == (expected.shape, expected.dtype), name
        assert found.tolist() == expected.tolist(), name


def test_what_the_puzzles_do_not_ask_for_is_left_to_numpy(own):
    x = minigrad.tensor(numbers(3, 4, dtype=np.int64), backend=own)
    assert (x + x).sum().item() == 2 * numbers(3, 4).sum()
    assert ((x > 2) & (x < 5)).sum().item() > 0
    assert set(own.calls.values()) == {0}


def test_without_a_matmul_products_are_left_to_numpy():
    own = backends.from_kernels(*map(interpreted, VERBS[:3]))
    x = minigrad.tensor(numbers(3, 3), backend=own)
    assert (x @ x).tolist() == (numbers(3, 3) @ numbers(3, 3)).tolist()
    assert "matmul" not in own.calls


def test_an_operand_in_the_memory_of_the_result_is_read_first(own):
    array = np.arange(6, dtype=np.float32)
    x = minigrad.tensor(array, backend=own)
    x[1:].copy_(x[:-1] + 0)
    assert x.tolist() == [0, 0, 1, 2, 3, 4]
    own.map(lambda a: a, x[1:], x[:-1])
    assert x.tolist() == [0, 0, 0, 1, 2, 3]
    own.zip(lambda a, b: a + b, x, x, x)
    assert x.tolist() == [0, 0, 0, 2, 4, 6]
    own.reduce(lambda a, b: a + b, x[:1], x, 0, 0)
    assert x.tolist() == [12, 0, 0, 2, 4, 6]


def test_a_read_only_array_can_be_read_but_not_written(own):
    array = numbers(4)
    array.flags.writeable = False
    x = minigrad.tensor(numbers(4), backend=own)
    shared = minigrad.from_numpy(array)
    own.map(lambda a: 2 * a, x, shared)
    assert x.tolist() == (2 * array).tolist()
    for write in (
        lambda: own.map(lambda a: 2 * a, shared, x),
        lambda: own.reduce(lambda a, b: a + b, shared, x, 0, 0),
        lambda: own.matmul(shared[None], x[None], x[:, None].expand(4, 4)),
    ):
        with pytest.raises(MinigradError, match="read-only"):
            write()


def test_a_division_by_zero_gives_what_ieee_says(own):
    x = minigrad.tensor([2.0, -1.0, 0.0], backend=own)
    assert str((x / (x * 0)).tolist()) == "[inf, inf, nan]"
    out = x.new_empty(3)
    own.map(lambda a: math.floor(1 / (a * 0)), out, x)
    assert str(out.tolist()) == "[inf, -inf, inf]"


# --- Wherever a backend is


def test_gradients_come_home_from_another_backend_and_go_back(own):
    home = minigrad.tensor([1.0, 2.0], requires_grad=True)
    (home.to(own) * 3).sum().backward()
    assert home.grad.tolist() == [3, 3] and home.grad.backend.name == "numpy"
    abroad = minigrad.tensor([1.0, 2.0], backend=own, requires_grad=True)
    (abroad.to("numpy") * 3).sum().backward()
    assert abroad.grad.tolist() == [3, 3] and abroad.grad.backend is own


def test_it_can_be_given_wherever_a_backend_can(own):
    assert minigrad.zeros(2, backend=own).backend is own
    assert minigrad.nn.Linear(2, 2).to(own).weight.backend is own
    assert minigrad.rand(2, backend=own).to("numpy").backend.name == "numpy"
    with backends.use(own) as used:
        assert used is own and minigrad.tensor([1.0]).backend is own
    assert backends.default().name == "numpy"


def test_tensors_of_two_such_backends_do_not_meet(own):
    other = backends.from_kernels(*map(interpreted, VERBS), name="another")
    with pytest.raises(MinigradError, match=r"own kernels and shape .* another"):
        minigrad.tensor([1.0], backend=own) + minigrad.tensor([1.0], backend=other)


def test_a_pickled_tensor_comes_back_on_numpy(own):
    back = pickle.loads(pickle.dumps(minigrad.tensor([1.0, 2.0], backend=own)))
    assert back.tolist() == [1, 2] and back.backend.name == "numpy"


def test_a_function_that_makes_nothing_is_refused():
    own = backends.from_kernels(lambda f: None, *VERBS[1:], name="half done")
    with pytest.raises(MinigradError, match="tensor_map of half done returned None, and has to return a kernel"):
        minigrad.tensor([1.0], backend=own).exp()


def test_numba_is_loaded_only_when_a_kernel_is_made():
    code = "import sys; from minigrad import backends; backends.from_kernels(id, id, id); print('numba' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


# --- The CUDA forms, on numba's simulator


@pytest.fixture
def on_cuda():
    return backends.from_kernels(*[answer(number) for number in (34, 35, 36)], name="own cuda kernels", tpb=32)


def test_the_cuda_forms_run_forwards_and_backwards(on_cuda):
    array = numbers(3, 4)
    x = minigrad.tensor(array, backend=on_cuda, requires_grad=True)
    y = (x.T * x.T[:, :1]).exp().sum(0).amax()
    y.backward()
    plain = minigrad.tensor(array, requires_grad=True)
    expected = (plain.T * plain.T[:, :1]).exp().sum(0).amax()
    expected.backward()
    assert y.item() == pytest.approx(expected.item(), rel=1e-5)
    assert np.allclose(x.grad.numpy(), plain.grad.numpy(), rtol=1e-5)
    assert all(on_cuda.calls[verb] for verb in ("map", "zip", "reduce"))


def test_the_cuda_forms_reduce_what_is_empty(on_cuda):
    assert minigrad.zeros(2, 0, backend=on_cuda).sum(1).tolist() == [0, 0]
    assert minigrad.zeros(0, 2, backend=on_cuda).sum(1).tolist() == []
