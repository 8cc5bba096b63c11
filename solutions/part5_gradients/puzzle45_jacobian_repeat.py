"""
# Puzzle 45 · Jacobian of repeat

## Walkthrough

**What?** Each copy moves as fast as x[0] does. So there are n derivatives, and all are 1.

**Which shape?** n outputs and one input: n rows with one column, (n, 1). A single number has
become many, and its Jacobian is a column; in puzzle 43 many numbers became one, and it was a row.

**Not a dimension to drop.** `np.ones(n)` has the right numbers, but nobody could tell from it
which was which, n outputs or n inputs.

**Backwards.** `d` has an entry for each of the n outputs, so `d @ J` is d[0] + d[1] + …, one
number. Copying forwards is summing backwards: each copy is used somewhere, each sends a gradient
back, and they add up. This is why the gradient of everything that was broadcast has to be summed,
which is puzzle 63.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return np.ones((n, 1))
