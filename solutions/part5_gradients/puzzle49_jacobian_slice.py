"""
# Puzzle 49 · Jacobian of slice

## Walkthrough

**What?** Output i is a copy of x[start + i]. So in row i there is a 1 in column start + i, and 0
elsewhere. All other columns are full of zeros: those inputs are in no output.

**Which shape?** stop − start rows and n columns: in general neither square nor a single row or
column. So there are two numbers to count, and the number of outputs comes first.

**Rows of the identity.** Taking everything, `x[:]`, has the identity as its Jacobian. Taking some
outputs only is taking some rows only, and so the slice of the identity is the Jacobian of the
slice. That is true of every f that picks elements, in any order, with repetitions too: pick the
same rows of `np.eye(n)`. An empty slice needs no case of its own.

**Backwards**, `d @ J` puts the entries of `d` where they came from, and 0 everywhere else: it is
`d` in the middle of n zeros. What was not used gets no gradient. In puzzle 68 it is a rule.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    return np.eye(len(x))[start:stop]
