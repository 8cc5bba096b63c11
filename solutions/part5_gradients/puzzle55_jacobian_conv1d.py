"""
# Puzzle 55 · Jacobian of conv1d

## Walkthrough

**By w.** The formula is a sum of products, and beside w[j] stands x[i + j]. So row i of J_w is the
window that begins at x[i]. `sliding_window_view` makes the table of windows without copying.

**By x.** Beside x[i] stands w[0], beside x[i + 1] stands w[1], and so on: row i of J_x is w, pushed
i places to the right. For x = 3, 1, 2, 5 and w = 10, 1:

    J_x   10   1   0   0      J_w   3  1
           0  10   1   0            1  2
           0   0  10   1            2  5

**Diagonals.** In J_x, w[0] is on the main diagonal, w[1] on the one above, and so on. `np.eye`
takes the number of rows, of columns, and which diagonal the ones are on; the matrix need not be
square. The sum of these, each times its w[j], is J_x. A loop that writes w into each row does as
well.

**Nothing is turned round.** In mathematics a convolution runs through w backwards. What deep
learning calls by that name does not, and is a *cross-correlation*. The formula decides: w[0] meets
the first element of the window.

**Read J_x by columns.** x[1] is used by output 0, with w[1], and by output 1, with w[0]: down a
column, w *is* turned round. This is why the gradient by x is a sliding window again, with w
reversed and k − 1 zeros put to each end of d. You will meet it again in Part 7.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    of_w = np.lib.stride_tricks.sliding_window_view(x, len(w))
    of_x = sum(w[j] * np.eye(len(of_w), len(x), j) for j in range(len(w)))
    return of_x, of_w
