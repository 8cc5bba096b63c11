"""
# Puzzle 28 · Broadcast shape

## Walkthrough

What is missing in front counts as 1, so put ones there: then both shapes are equally long, and
each pair of sizes can be looked at by itself. Two sizes that are equal stay. A 1 yields to the
other size. Everything else is an error.

**Why from the right?** Because the last dimension is the innermost. A list of rows and a single
row share the row, and the row is what both have last. Adding a row to each row of a table is what
one wants most often, and with this rule it needs no word more.

**The traps.** Taking the larger of the two sizes is right until one of them is 0. A size of 1 can
be stretched to 0 elements as well as to 5: (3, 1) and (1, 0) give (3, 0). And 0 against 2 is an
error: nothing can be stretched but a 1. With ones put at the *end* of the shorter shape, (2, 3)
and (2,) would fit, which they must not.

Broadcasting is symmetric, and it does not matter in which order three tensors meet. Both make good
tests.

**Take with you**: line them up from the right; equal, or one of them 1.
"""

from minigrad.workbook import puzzle


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    rank = max(len(shape_a), len(shape_b))
    a = (1,) * (rank - len(shape_a)) + tuple(shape_a)
    b = (1,) * (rank - len(shape_b)) + tuple(shape_b)
    shape = []
    for one, other in zip(a, b):
        if one != other and 1 not in (one, other):
            raise ValueError(f"{shape_a} and {shape_b} do not fit together")
        shape.append(other if one == 1 else one)
    return tuple(shape)
