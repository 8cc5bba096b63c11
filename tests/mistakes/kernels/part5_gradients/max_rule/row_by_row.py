"""Goes through the rows in a loop, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("max_rule")
def max_backward(d, a):
    grad_a = np.zeros(a.shape, np.float32)
    for row in np.ndindex(*d.shape):
        best = 0
        for column in range(a.shape[-1]):
            if a[row][column] > a[row][best]:
                best = column
        grad_a[(*row, best)] = d[row]
    return grad_a
