"""
# Puzzle 51 · Jacobian of running_mean

## Walkthrough

**Look at a single output.** Output 2 is (x[0] + x[1] + x[2]) / 3. Three inputs move it, each by a
third, and no later input does. So row 2 is ⅓ ⅓ ⅓ 0 0 …. For three elements:

    1    0    0
    1/2  1/2  0
    1/3  1/3  1/3

**Then write all rows at once.** `np.tri(n)` has ones up to the diagonal: it is the Jacobian of the
running sum. Row i is divided by i + 1. The divisors have to be a *column*, shape (n, 1), so that
broadcasting divides whole rows. A row of divisors would divide columns, and give the first input of
every output the weight 1.

**Check it by eye.** In each row the numbers add up to 1, because the mean of equal numbers is that
number. Above the diagonal all is 0: the mean so far knows nothing of what comes later.

**Read it by columns**, too. Column 0 is 1, 1/2, 1/3, …: the first element is in every output, and
counts less and less. On the way back, its gradient will be a sum down this column.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    return np.tri(len(x)) / np.arange(1, len(x) + 1)[:, None]
