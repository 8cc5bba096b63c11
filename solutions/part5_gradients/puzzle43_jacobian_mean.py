"""
# Puzzle 43 · Jacobian of mean

## Walkthrough

**What?** If one element grows by 1, the sum grows by 1, and the mean by 1 / n. It does not matter
which element it is, nor how large: all n derivatives are the same.

**Which shape?** One output and n inputs: one row with n columns, (1, n). The same numbers in the
shape (n,) are called the *gradient*: it is the Jacobian's only row. In the shape (n, 1) they would
be the Jacobian of something else, which has n outputs and one input.

**Why keep the row?** With it, one rule serves every f: a `d` that comes in has an entry for each
output, and `d @ J` has an entry for each input. Here `d` has one entry, and `d @ J` has n copies
of it, each divided by n: the rule of puzzle 64, where a sum's gradient copies and a mean's divides
too.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return np.full((1, len(x)), 1 / len(x))
