"""
# Puzzle 50 · Jacobian of cumsum

## Walkthrough

**Read it by rows.** Output i contains x[0] to x[i], each once. So row i has ones in the columns 0
to i, and zeros behind them: a triangle below the diagonal, with the diagonal in it.

**Read it by columns.** When x[j] grows by 1, so does every sum from j on: column j has ones from
row j downwards. It is the same triangle. If yours lies above the diagonal, rows and columns have
changed places, and it is the Jacobian of sums from the end.

**Another way.** cumsum is linear, so its Jacobian is what it does to the columns of the identity:
`np.cumsum(np.eye(n), 0)`. That is a way to the Jacobian of any linear f.

**Backwards**, `d @ J` is, for input j, the sum of d[j], d[j + 1], … to the end. Forwards it is a
scan from the left, backwards one from the right: what comes early has an influence on all that
follows. You have written the scan as a kernel in puzzle 18, and its gradient is puzzle 79.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return np.tri(len(x))
