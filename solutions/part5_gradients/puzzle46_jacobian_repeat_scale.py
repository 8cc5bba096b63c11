"""
# Puzzle 46 · Jacobian of repeat_scale

## Walkthrough

**What?** If x[0] grows by 1, output i grows by i + 1. So the derivatives are the factors: 1, 2, 3,
… They do not depend on x[0].

**Which shape?** One column, as in puzzle 45. `np.arange` returns one dimension, the outputs.
`[:, None]` adds the one for the inputs behind it. `[None]` would add it in front, and make a row.

**A chain of two.** You know both steps: repeating has a column of ones as its Jacobian, and
multiplying by factors has a diagonal matrix, here with 1, 2, 3, … One step after the other has the
product of the two matrices, the later step on the left: diag(1, 2, 3) @ (1, 1, 1)ᵀ is the column
(1, 2, 3)ᵀ. That is the chain rule of puzzle 39, for whole matrices.

**Backwards**, `d @ J` is 1 · d[0] + 2 · d[1] + 3 · d[2] + …: each gradient is multiplied by the
factor of its copy, and then they are summed.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return np.arange(1.0, n + 1)[:, None]
