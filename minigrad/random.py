"""Random tensors, from a generator that can be seeded.

The numbers are NumPy's (PCG64), drawn on the CPU: the same seed gives the same tensor on every backend.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad import dtypes
from minigrad.dtypes import as_dtype
from minigrad.elements import as_shape
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor, backend_of, stored


class Generator:
    """A source of random numbers, with a state of its own.

    >>> rand(2, generator=Generator().manual_seed(0)).tolist() == rand(2, generator=Generator().manual_seed(0)).tolist()
    True
    """

    def __init__(self) -> None:
        self.source = np.random.default_rng()

    def manual_seed(self, seed: int) -> Generator:
        """Begin anew, from this seed."""
        self.source = np.random.default_rng(seed)
        return self


_default = Generator()


def manual_seed(seed: int) -> Generator:
    """Begin the default generator anew, from this seed."""
    return _default.manual_seed(seed)


def rand(
    *size: Any, generator: Generator | None = None, dtype: Any = None, requires_grad: bool = False, backend: Any = None
) -> Tensor:
    """Numbers drawn evenly from 0 up to but not including 1; float32 unless a dtype is given."""
    chosen = _float(dtype)
    return _made((generator or _default).source.random(as_shape(size), chosen), requires_grad, backend)


def randn(
    *size: Any, generator: Generator | None = None, dtype: Any = None, requires_grad: bool = False, backend: Any = None
) -> Tensor:
    """Numbers drawn from the bell curve of mean 0 and variance 1; float32 unless a dtype is given."""
    chosen = _float(dtype)
    return _made((generator or _default).source.standard_normal(as_shape(size), chosen), requires_grad, backend)


def randint(low: int, high: int, size: Any, *, generator: Generator | None = None, backend: Any = None) -> Tensor:
    """Integers drawn evenly from ``low`` up to but not including ``high``, as int64."""
    if low >= high:
        raise MinigradError(f"randint draws from {low} up to but not including {high}, and there is nothing")
    return _made((generator or _default).source.integers(low, high, as_shape((size,))), False, backend)


def randperm(n: int, *, generator: Generator | None = None, backend: Any = None) -> Tensor:
    """The integers from 0 up to but not including ``n``, in random order, as int64."""
    return _made((generator or _default).source.permutation(n), False, backend)


def _float(dtype: Any) -> Any:
    chosen = dtypes.float32 if dtype is None else as_dtype(dtype)
    if chosen.kind != "f":
        raise MinigradError(f"random numbers are floats, not {chosen}; randint draws integers")
    return chosen


def _made(elements: Any, requires_grad: bool, backend: Any) -> Tensor:
    made = stored(np.asarray(elements), backend_of(backend))
    return made.requires_grad_() if requires_grad else made
