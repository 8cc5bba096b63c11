"""The backends beside NumPy, PyTorch (where it is installed) and a plain copy of as many bytes, in one run.

    pytest tests/benchmarks/test_backends.py -s

Everything is measured in turns, and the least time of each counts: this machine may have other things to do. The
ratios are times; at most 1 beside NumPy from a million elements up, and at most 1.3 beside a copy where memory is what
takes the time, is what the library wants of the numba backend.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from minigrad import backends
from minigrad.backends import select
from minigrad.strides import Layout, row_major

try:
    import torch
except ImportError:
    torch = None

SIZES = {1_000: 3000, 1_000_000: 200, 100_000_000: 8}
"""How many elements, and how many times each thing is measured."""


def add(a: Any, b: Any) -> Any:
    return a + b


MAPS = {
    "neg": (lambda a: -a, lambda a, out: np.negative(a, out=out), "neg"),
    "relu": (lambda a: select(a < 0, 0, a), lambda a, out: np.maximum(a, 0, out=out), "relu"),
    "exp": (lambda a: math.exp(a), lambda a, out: np.exp(a, out=out), "exp"),
    "sigmoid": (lambda a: 1 / (1 + math.exp(-a)), lambda a, out: np.copyto(out, 1 / (1 + np.exp(-a))), "sigmoid"),
}


def least_times(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least number of seconds that each takes, measured in turns."""
    times = dict.fromkeys(runs, math.inf)
    for run in runs.values():
        run()
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name] = min(times[name], time.perf_counter() - start)
    return times


def flat(array: np.ndarray) -> SimpleNamespace:
    return SimpleNamespace(storage=array, layout=row_major(array.shape))


def report(benchmark: Any, what: str, size: int, runs: dict[str, Callable[[], object]]) -> None:
    times = least_times(runs, SIZES[size])
    ratios = {f"to {name}": round(times["numba"] / times[name], 2) for name in runs if name != "numba"}
    benchmark.extra_info.update(ratios)
    benchmark.pedantic(runs["numba"], rounds=3)
    shown = ", ".join(f"{name} {1e6 * seconds:.1f} µs" for name, seconds in times.items())
    print(f"\n{what} of {size:,}: {shown}; numba {', '.join(f'{ratio} {name}' for name, ratio in ratios.items())}")


@pytest.fixture(scope="module", params=SIZES, ids="{:.0e}".format)
def arrays(request: Any) -> Any:
    """Two arrays, and two to be written."""
    size = request.param
    rng = np.random.default_rng(0)
    a = rng.standard_normal(size, dtype=np.float32)
    return a, rng.permutation(a) if size < 10**7 else a[::-1].copy(), np.zeros_like(a), np.zeros_like(a)


@pytest.mark.parametrize("name", MAPS)
def test_map(benchmark: Any, arrays: Any, name: str) -> None:
    function, with_numpy, torch_name = MAPS[name]
    a, _, out, other = arrays
    runs: dict[str, Callable[[], object]] = {
        "numba": lambda: backends.get("numba").map(function, flat(out), flat(a)),
        "numpy": lambda: with_numpy(a, other),
        "our numpy": lambda: backends.get("numpy").map(function, flat(other), flat(a)),
        "copy": lambda: np.copyto(other, a),
    }
    if torch is not None:
        source, target = torch.from_numpy(a), torch.from_numpy(other)
        operation = getattr(torch, torch_name)
        runs["torch"] = (
            (lambda: target.copy_(operation(source))) if name == "relu" else (lambda: operation(source, out=target))
        )
    report(benchmark, name, a.size, runs)
    with_numpy(a, other)
    assert np.allclose(out, other, rtol=1e-6)


def test_zip(benchmark: Any, arrays: Any) -> None:
    a, b, out, other = arrays
    half = a.size // 2

    def copy() -> None:  # two arrays are read and one is written: half as much again as a copy of one array moves
        np.copyto(other, a)
        np.copyto(other[:half], b[:half])

    runs: dict[str, Callable[[], object]] = {
        "numba": lambda: backends.get("numba").zip(add, flat(out), flat(a), flat(b)),
        "numpy": lambda: np.add(a, b, out=other),
        "our numpy": lambda: backends.get("numpy").zip(add, flat(other), flat(a), flat(b)),
        "copy": copy,
    }
    if torch is not None:
        x, y, target = (torch.from_numpy(each) for each in (a, b, other))
        runs["torch"] = lambda: torch.add(x, y, out=target)
    report(benchmark, "add", a.size, runs)
    assert np.array_equal(out, a + b)


@pytest.mark.parametrize("dim", ["all", "rows", "columns"])
def test_reduce(benchmark: Any, arrays: Any, dim: str) -> None:
    a, _, _, other = arrays
    side = 10 ** (len(str(a.size)) // 2)
    matrix = a if dim == "all" else a.reshape(-1, side)
    axis = 1 if dim == "rows" else 0
    shape = tuple(1 if d == axis else size for d, size in enumerate(matrix.shape))
    out = np.zeros(shape, np.float32)
    half = a.size // 2
    runs: dict[str, Callable[[], object]] = {
        "numba": lambda: backends.get("numba").reduce(
            add, flat(out.reshape(-1)) if dim == "all" else of(out), of(matrix), axis, 0
        ),
        "numpy": lambda: np.add.reduce(matrix, axis=axis),
        "our numpy": lambda: backends.get("numpy").reduce(add, of(out), of(matrix), axis, 0),
        "copy": lambda: np.copyto(other[:half], a[:half]),  # as many bytes are read and written as are read here
    }
    if torch is not None:
        x = torch.from_numpy(matrix)
        runs["torch"] = lambda: torch.sum(x, axis)
    report(benchmark, f"sum of {dim}", a.size, runs)
    backends.get("numba").reduce(add, of(out), of(matrix), axis, 0)
    assert np.allclose(out, matrix.sum(axis, keepdims=True, dtype=np.float64), rtol=1e-4, atol=1e-2)


def of(array: np.ndarray) -> SimpleNamespace:
    return SimpleNamespace(storage=array.reshape(-1), layout=row_major(array.shape))


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_a_tensor_without_dimensions(benchmark: Any, backend: str) -> None:
    a, b, out = (SimpleNamespace(storage=np.ones(1, np.float32), layout=Layout((), ())) for _ in range(3))
    verb = backends.get(backend).zip
    benchmark(lambda: verb(add, out, a, b))


FIRST = """
import time
import numpy as np
import minigrad
a = minigrad.tensor(np.ones(4, np.float32)).to("numba")
start = time.perf_counter()
{code}
print(time.perf_counter() - start)
"""


def test_the_first_call_of_a_function(benchmark: Any, tmp_path: Any) -> None:
    """Seconds until a function has been compiled and run, where none was, where others were, and where it was."""

    def seconds(code: str) -> float:
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
        command = [sys.executable, "-c", FIRST.format(code=code)]
        return float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)

    times = {"the first of all": seconds("a + a"), "from disk": seconds("a + a"), "one more": seconds("a + a; a * a")}
    benchmark.extra_info.update({name: round(each, 3) for name, each in times.items()})
    benchmark.pedantic(lambda: seconds("a + a"), rounds=1)
    print("\nfirst call: " + ", ".join(f"{name} {each:.2f} s" for name, each in times.items()))
