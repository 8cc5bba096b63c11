"""Kernels that our simulator and numba's must agree on, bit for bit: a table, one module a theme.

Between them they use every feature that both simulators offer.
"""

from kernels_in_numba import (
    arithmetic,
    arrays,
    atomics,
    control_flow,
    functions,
    indices,
    shared_memory,
)
from kernels_in_numba.examples import EXAMPLES, Example

__all__ = [
    "EXAMPLES",
    "Example",
    "arithmetic",
    "arrays",
    "atomics",
    "control_flow",
    "functions",
    "indices",
    "shared_memory",
]
