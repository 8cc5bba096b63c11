"""
# Puzzle 65 · Max rule

## Walkthrough

**Where?** `argmax` finds the column of the largest element of each row, and of several equal ones
the first. That is one whole number for each row.

**One True in each row.** Comparing the columns 0, 1, 2, … with that number gives a table of truth
values. The number needs a dimension of size 1 to meet the columns: shape (rows, 1) and shape (cols)
broadcast to (rows, cols). The same goes for `d`.

**Why not `a == a.max(-1, keepdims=True)`?** That is True for every element that is the largest, so
at a tie `d` would go to each of them, and more would flow back than came in. Raise one of two equal
elements, and the maximum rises with it; lower it, and nothing happens. So at a tie there is no
derivative, and somebody has to decide. Over one dimension, PyTorch takes the first.

**Two libraries, two ways.** `amax` in PyTorch, and `maximum` in puzzle 62, share the gradient at a
tie. Both ways agree wherever there is a derivative.

**Another way** is to begin with zeros and to write `d` where it belongs, with
`np.put_along_axis`. Each row has one place, so nothing can be overwritten here.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("max_rule")
def max_backward(d, a):
    place = a.argmax(-1)[..., None]
    return np.where(np.arange(a.shape[-1]) == place, d[..., None], 0.0)
