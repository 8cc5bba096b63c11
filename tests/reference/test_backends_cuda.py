"""The CUDA backend on numba's simulator, through numba's CUDA compiler, and on a GPU where there is one.

That it gives NumPy's numbers on any views is tested in ``test_backends.py``, on the checked GPU.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from checked_gpu import small_backend

import minigrad
from minigrad import MinigradError, backends
from minigrad.backends import cuda_kernels, select
from minigrad.tensor import fresh
from minigrad.workbook.frontend import FrontEnd, Request

SMALL, _ = small_backend()
SINGLE, DOUBLE, INT, BOOL = (np.dtype(name) for name in ("float32", "float64", "int32", "bool"))


def add(a, b):
    return a + b


# --- On numba's simulator


def moved(array):
    return minigrad.tensor(array).to(SMALL)


def test_it_runs_on_numbas_simulator():
    array = np.arange(12.0).reshape(3, 4)
    a = moved(array)
    out = fresh((3, 4), DOUBLE, SMALL)
    SMALL.zip(lambda a, b: a * 2 + b, out, a, a[:1].expand(3, 4))
    assert np.array_equal(out.numpy(), 2 * array + array[:1])
    SMALL.map(lambda a: select(a > 4, a, 0), out.T[:, :3], a.T[:, :3])
    assert np.array_equal(out.numpy(), np.where(array > 4, array, 0))
    total = fresh((1, 4), DOUBLE, SMALL)
    SMALL.reduce(add, total, a, 0, 0)
    assert np.array_equal(total.numpy(), array.sum(0, keepdims=True))
    product = fresh((3, 3), DOUBLE, SMALL)
    SMALL.matmul(product, a, a.T)
    assert np.array_equal(product.numpy(), array @ array.T)


def test_elements_stay_on_the_device_until_they_are_read():
    a = moved(np.arange(4.0))
    assert not isinstance(a.storage, np.ndarray)
    host = a[1:].numpy()
    assert isinstance(host, np.ndarray)
    host[:] = 0
    assert a.tolist() == [0, 1, 2, 3]


def test_tensors_are_made_on_it_and_moved_to_it():
    a = minigrad.tensor([[1.0, 2.0], [3.0, 4.0]])
    there = a.to("cuda")
    assert there.backend is backends.get("cuda")
    assert (there + 1).tolist() == [[2, 3], [4, 5]]
    assert there.to("numpy").backend is backends.get("numpy")
    with pytest.raises(MinigradError, match=r"(cuda.*numpy|numpy.*cuda)"):
        there + a


# --- Through numba's CUDA compiler


def kinds(parameters):
    """Types of a kernel's parameters that are numbers."""
    return dict.fromkeys(parameters, "int64")


SOURCES = {
    "flat": (
        cuda_kernels.zip_source(add, 0, "10", SINGLE, SINGLE, SINGLE),
        {"out": SINGLE, "a0": SINGLE, "a1": SINGLE},
    ),
    "strided": (
        cuda_kernels.zip_source(lambda a, b: a < b, 3, "", BOOL, INT, INT),
        {"out": BOOL, "a0": INT, "a1": INT},
    ),
    "mathematics": (
        cuda_kernels.zip_source(
            lambda a: a * math.erfc(-a) + math.tanh(a) + math.exp(a) * math.floor(a) + a**3, 0, "1", SINGLE, SINGLE
        ),
        {"out": SINGLE, "a0": SINGLE},
    ),
    "choice": (
        cuda_kernels.zip_source(
            lambda c, a, b: select(c, a, b) + select(~c, 1, 0), 0, "111", DOUBLE, BOOL, DOUBLE, DOUBLE
        ),
        {"out": DOUBLE, "a0": BOOL, "a1": DOUBLE, "a2": DOUBLE},
    ),
    "sum": (cuda_kernels.reduce_source(add, 2, DOUBLE, SINGLE), {"out": DOUBLE, "a": SINGLE, "identity": DOUBLE}),
    "any": (cuda_kernels.reduce_source(lambda a, b: a | b, 1, BOOL, BOOL), {"out": BOOL, "a": BOOL, "identity": BOOL}),
    "matmul": (cuda_kernels.matmul_source(2, SINGLE), {"out": SINGLE, "a": SINGLE, "b": SINGLE}),
}


@pytest.fixture(scope="module")
def compiler():
    with FrontEnd() as front_end:
        yield front_end


@pytest.mark.parametrize("name", SOURCES)
def test_numbas_cuda_compiler_accepts_the_kernels(compiler, name):
    source, dtypes = SOURCES[name]
    parameters = source.partition("def kernel(")[2].partition(")")[0].split(", ")
    signature = dict.fromkeys(parameters, "int64")
    for parameter, dtype in dtypes.items():
        kind = "boolean" if dtype == BOOL else dtype.name
        signature[parameter] = kind if parameter == "identity" else f"{kind}[:]"
    report = compiler.submit(Request(source, f"{name}.py", "kernel", signature)).result()
    if report.status == "skipped":
        pytest.skip(report.message)
    assert report.status == "passed", report.message


# --- On a GPU

ON_A_GPU = Path(__file__).with_name("on_a_gpu.py")


def test_it_gives_numpys_numbers_on_a_gpu():
    environment = {**os.environ, "NUMBA_ENABLE_CUDASIM": "0"}
    run = subprocess.run([sys.executable, ON_A_GPU], capture_output=True, text=True, env=environment)
    if run.returncode == 77:
        pytest.skip(run.stdout.strip())
    assert run.returncode == 0, run.stdout + run.stderr
