"""
# Puzzle 60 · Jacobian of conv2d

## Walkthrough

**Fix one output, (i, j).** Its derivatives by w make a matrix of the shape of w: beside w[p, q]
stands x[i + p, j + q], so it is the window of x that begins at (i, j). Its derivatives by x make a
matrix of the shape of x: zeros, and w laid over that window. For the first output of the example:

    J_x[0, 0]   10  1  0      J_w[0, 0]   1  2
                 0  0  0

**All windows at once.** `sliding_window_view(x, w.shape)` has two dimensions for where a window
begins and two for what is in it. This is J_w, dimensions and all. Its first two sizes are those of
the output.

**And w, laid over each.** `np.ndindex` goes through all outputs. Each has a matrix of zeros of its
own, so the assignments never meet, and nothing has to be added.

**The traps** are those of one dimension: w turned round, and windows that reach over an edge. There
is one more: h and v, or i and j, exchanged. Square pictures and square windows do not show it.

**Without a loop**, J_x is a product of two bands, one for the rows and one for the columns: the
ones of "a = i + p" and those of "b = j + q", with w between them, in one `einsum`.

**Read it by inputs.** Each element of x occurs in as many outputs as windows cover it: one in a
corner, up to h · v in the middle. The gradient by x sums over these, so it is a convolution again.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_conv2d")
def jacobian_conv2d(x, w):
    of_w = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    of_x = np.zeros((*of_w.shape[:2], *x.shape))
    for i, j in np.ndindex(of_w.shape[:2]):
        of_x[i, j, i : i + len(w), j : j + w.shape[1]] = w
    return of_x, of_w
