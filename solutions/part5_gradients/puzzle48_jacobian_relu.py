"""
# Puzzle 48 · Jacobian of relu

## Walkthrough

**Where?** It is a map, so only the diagonal can be other than 0.

**What?** Above 0 the output moves as fast as the input: 1. Below, it does not move at all: 0. The
comparison `x > 0` says just that, in truth values; `np.where` makes floats of it. `1.0 * (x > 0)`
does too.

**And at 0?** To the right of it the slope is 1, to the left 0. Central differences, which look
both ways, find one half. No answer is right, but a program has to give one, and PyTorch gives 0.
With `>=` in place of `>` it would be 1. Does it matter? An element that is 0 already does no harm
when it is left alone, and zeros are frequent: each relu makes many of them.

**Not the value.** The diagonal holds 1, not x[i]: the Jacobian says how fast an output moves, not
where it is.

**Backwards**, `d @ J` keeps the entries of `d` where x was above 0, and drops the others. A
library needs to remember one bit of each element for it.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.diag(np.where(x > 0, 1.0, 0.0))
