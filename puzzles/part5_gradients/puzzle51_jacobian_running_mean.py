"""
# Puzzle 51 · Jacobian of running_mean

A running mean is told at every place what has come so far: output 0 is the first element, output 1
the mean of the first two, and so on. The last output is the mean of all.

    f(x)[i] = (x[0] + x[1] + … + x[i]) / (i + 1)

    x  6  2  1        f(x)  6  4  3

What is the Jacobian of `f`, the table of all ∂f(x)[i] / ∂x[j]?

- **Arguments**: `x` is a float64 array with one dimension and n elements, at least one.
- **Returns** the Jacobian, an n × n array of floats: a row for each output, a column for each
  input. Rows and columns count from 0, as `i` and `j` do.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    pass  # Your code here: about 1 line.
