"""
# Puzzle 27 · Views

## Walkthrough

**transpose** turns both tuples round. The first dimension of the new tensor is the last one of the
old one, with its size and with its stride, and so on; the first element stays the first.

**take_row** drops the first dimension. The row begins where its first element lies: after `row`
steps along the dimension that goes, each `strides[0]` long. Only here does the start move.

**every_other** steps twice as far, and finds half as many elements, rounded up: of 3 rows it takes
rows 0 and 2. Rounded down, it would lose the last one of every odd number.

**flatten_or_fail** asks whether one stride leads from each element to the next, across the ends of
the rows too. From the end of a row to the beginning of the next one it is one step of the outer
dimension, less the way along the row. That is the same step as within the row if the outer stride
is size times stride of the inner dimension. So compare each dimension with the one after it. If it
holds for all, the innermost stride leads through everything.

Dimensions of size 1 are left out, since nobody steps along them and their strides may be anything.
If none is left, the tensor has one element. If one has size 0, there is nothing to lead through.
In both cases any stride is right. A tensor that was expanded is no special case: for strides (0,
0) the rule holds with 0 = 3 · 0, for (0, 1) it does not, and rightly so.

**Why does it fail at all?** Because a transposed table, read row by row, jumps about in its
storage. PyTorch's `view` raises an error there, and `reshape` copies the elements instead.

**Take with you**: a view costs nothing, however many elements it has.
"""

from math import prod

from minigrad.workbook import puzzle


@puzzle("views")
def transpose(shape, strides):
    return shape[::-1], strides[::-1], 0


@puzzle("views")
def take_row(shape, strides, row):
    return shape[1:], strides[1:], row * strides[0]


@puzzle("views")
def every_other(shape, strides):
    half = (shape[0] + 1) // 2
    return (half, *shape[1:]), (2 * strides[0], *strides[1:]), 0


@puzzle("views")
def flatten_or_fail(shape, strides):
    steps = [(size, stride) for size, stride in zip(shape, strides) if size != 1]
    if 0 in shape or not steps:
        return (prod(shape),), (1,), 0
    for (_, outer), (size, inner) in zip(steps, steps[1:]):
        if outer != size * inner:
            raise ValueError("no single stride leads through all elements")
    return (prod(shape),), (steps[-1][1],), 0
