"""The CUDA backend against NumPy, at sizes that need many blocks. Ends with status 77 where there is no GPU.

python tests/reference/on_a_gpu.py
"""

from __future__ import annotations

import math
import sys

import numpy as np

import minigrad
from minigrad import MinigradError, backends
from minigrad.backends import select

try:
    CUDA = backends.get("cuda")
except MinigradError as error:
    print(error)
    sys.exit(77)

NUMPY = backends.get("numpy")
FUNCTIONS = (
    lambda a, b: a + b,
    lambda a, b: 1 / (1 + math.exp(-a)) * b,
    lambda a, b: select((a >= b) | (a != a), a, b),
    lambda a, b: math.tanh(a) + math.erf(b) + math.floor(a),
)


def check(name, verb, shape, dtype, *tensors, **numbers):
    """One verb on both backends."""
    results = []
    for backend in (NUMPY, CUDA):
        out = minigrad.full(shape, 1, dtype=dtype).to(backend)
        getattr(backend, verb)(
            *numbers.get("function", ()), out, *[each.to(backend) for each in tensors], *numbers.get("rest", ())
        )
        results.append(out.numpy())
    scale = max(1.0, float(np.max(np.abs(results[0]), initial=0)))
    assert np.allclose(results[0] / scale, results[1] / scale, rtol=0, atol=2e-6), name


def main():
    rng = np.random.default_rng(0)
    for dtype in (np.float32, np.float64):
        for shape in ((3_000_001,), (1500, 1001), (70, 3, 501)):
            array = rng.standard_normal(shape).astype(dtype)
            axes = range(array.ndim)[::-1]
            a = minigrad.tensor(array)
            b = minigrad.tensor(array[..., :1]).expand(shape)
            for i, function in enumerate(FUNCTIONS):
                check(f"zip {i} of {shape}", "zip", shape, dtype, a, a, function=(function,))
                check(f"zip {i} of {shape}, broadcast", "zip", shape, dtype, a, b, function=(function,))
                check(
                    f"zip {i} of {shape}, permuted",
                    "zip",
                    shape[::-1],
                    dtype,
                    a.permute(*axes),
                    b.permute(*axes),
                    function=(function,),
                )
            for dim in range(array.ndim):
                reduced = (*shape[:dim], 1, *shape[dim + 1 :])
                check(f"sum of {shape}", "reduce", reduced, dtype, a, function=(FUNCTIONS[0],), rest=(dim, 0))
                check(f"max of {shape}", "reduce", reduced, dtype, a, function=(FUNCTIONS[2],), rest=(dim, -math.inf))
        for n, k, m in ((513, 257, 129), (16, 1, 16), (1, 1000, 1)):
            a = minigrad.tensor(rng.standard_normal((5, n, k)).astype(dtype))
            b = minigrad.tensor(rng.standard_normal((m, k)).astype(dtype)).T.expand(5, k, m)
            check(f"matmul {n} {k} {m}", "matmul", (5, n, m), dtype, a, b)
    print("every verb gives NumPy's numbers on", CUDA.name)


if __name__ == "__main__":
    main()
