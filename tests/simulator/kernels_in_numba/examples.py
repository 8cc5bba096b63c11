"""The table of kernels that two simulators must agree on, and how to add a row to it.

A row is a kernel and one launch of it. Results must not depend on the order of threads, and every value on
the way must be exact (small integers, dyadic fractions), so that all simulators and a GPU give the same
bits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Dims = int | tuple[int, ...]


@dataclass(frozen=True)
class Example:
    """A kernel and a launch; ``arguments()`` makes its arguments anew."""

    name: str
    kernel: Any
    grid: Dims
    block: Dims
    arguments: Callable[[], list[Any]]
    dynamic_shared: int = 0
    outputs: tuple[str, ...] = ()


EXAMPLES: list[Example] = []


def example(
    grid: Dims, block: Dims, arguments: Callable[[], list[Any]], *, dynamic_shared: int = 0
) -> Callable[[Any], Any]:
    """Add a row: this launch of the kernel that it stands above. Write it twice for two launches."""

    def add(kernel: Any) -> Any:
        function = kernel.py_func
        name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        before = sum(other.name.split()[0] == name for other in EXAMPLES)
        name += f" {before + 1}" if before else ""
        EXAMPLES.append(Example(name, kernel, grid, block, arguments, dynamic_shared))
        return kernel

    return add


def zeros(*shape: int, dtype: Any = np.float32) -> Any:
    """An array for results."""
    return np.zeros(shape, dtype)


def integers(*shape: int, dtype: Any = np.float32, low: int = -9, high: int = 9) -> Any:
    """Small whole numbers, the same for the same shape and bounds, in no order."""
    return np.random.default_rng([*shape, high - low]).integers(low, high, shape, endpoint=True).astype(dtype)


def dyadics(*shape: int, dtype: Any = np.float32) -> Any:
    """Multiples of an eighth: sums, differences and products of a few of them are exact."""
    return integers(*shape, low=-40, high=40).astype(dtype) / dtype(8)
