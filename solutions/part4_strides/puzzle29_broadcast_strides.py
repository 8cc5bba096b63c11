"""
# Puzzle 29 · Broadcast strides

## Walkthrough

The shapes are lined up from the right, so dimension `d` of the small shape is dimension `d + new`
of the large one, where `new` is how many dimensions the small one lacks. Begin with zeros: that is
the right stride for every dimension that is new or stretched. What remains are the dimensions that
are as large as before. These keep their strides.

**Stride 0 is all there is to broadcasting.** With it, the loop of puzzle 26 finds the right
element without a special case: whatever the index is along that dimension, 0 times it is 0. In
puzzle 8 you wrote `a[y, 0]`, which is the same.

**The traps.** A dimension of size 1 has a stride too, usually not 0. Copy it, and the second row
is read from where no row is. Testing the strides instead of the sizes is no better, since a tensor
that was expanded before may have strides of 0 and sizes that are not 1. And an array made by
`np.zeros` holds floats unless you say otherwise; strides are ints.

**Read, but don't write.** In a stretched tensor several indices share an element. Adding to each
of them would add to the same place several times, on a GPU at the same time. Going backwards, in
Part 5, that sum is just what one wants; here, an output must never be stretched.

**Take with you**: where a size of 1 grows, the stride is 0.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    result = np.zeros(len(big_shape), np.int64)
    new = len(big_shape) - len(shape)
    for d in range(len(shape)):
        if shape[d] == big_shape[d + new]:
            result[d + new] = strides[d]
    return result
