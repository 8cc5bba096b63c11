"""
# Puzzle 64 · Sum rules

## Walkthrough

**sum**: each element of `a` goes into one element of the result, with derivative 1. So its gradient
is the `d` of that element: `d` is copied along the dimension that was summed. Copying is what
broadcasting does, and broadcasting needs the dimension to be there, with size 1. With `keepdim` it
is; without, `np.expand_dims` puts it back in its place.

**Why not just broadcast?** Without `keepdim`, a sum of a 2 × 2 table along dimension 1 has shape
(2,). Broadcasting lines shapes up from the right, so it would copy this along dimension 0. No error
says so, since the sizes fit: only the numbers are wrong. With a table that is not square there is
an error, and you are lucky.

**mean** is a sum that is divided by the number of elements in it, `shape[dim]`. The gradient is
divided by the same number. It is not the number of all elements of `a`, unless `a` has a single
dimension.

**No copies are made**: `np.broadcast_to` returns a view with stride 0 along the new dimension
(puzzle 29). It cannot be written to, and a gradient need not be.

**Take with you**: forwards a sum, backwards a copy. Puzzle 63 was forwards a copy, backwards a sum.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    if not keepdim:
        d = np.expand_dims(d, dim)
    return np.broadcast_to(d, shape)


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    return sum_backward(d, shape, dim, keepdim) / shape[dim]
