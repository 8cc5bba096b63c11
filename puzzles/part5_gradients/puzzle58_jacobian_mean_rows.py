"""
# Puzzle 58 · Jacobian of mean_rows

A reduction along one dimension: of each row, the mean. There is one output for each row, so the
Jacobian has one dimension for the outputs and two for the inputs.

    f(x)[i] = (x[i, 0] + x[i, 1] + … + x[i, c − 1]) / c

    x  1  2  6        f(x)  3  5
       4  5  6

What is the Jacobian of `f`? Its element (i, a, b) is the derivative of output i by input (a, b).

- **Arguments**: `x` is a float64 array with r rows and c columns, at least one each.
- **Returns** the Jacobian, an array of floats of shape r × r × c.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    pass  # Your code here: about 2 lines.
