"""
# Puzzle 24 · Strides of

## Walkthrough

Neighbours along the last dimension are neighbours in the storage, so the last stride is 1. A step
along the dimension before it passes over a whole last dimension: its stride is the last size. A
step along the one before that passes over a whole table of both. So each stride is the product of
all sizes *after* it, and for shape (2, 3, 4) they are (3 · 4, 4, 1).

Going from the back, one running product serves for all: note it, then multiply it by the size. The
notes come out in the wrong order, and are turned round at the end.

**The traps.** Multiply first and note afterwards, and every stride is one size too large: (24, 12,
4). Multiply from the front instead of the back, and you get the strides of a tensor that lies
column by column, which is right for squares and for nothing else. And the size of the first
dimension takes no part at all: how many rows there are says nothing about how far apart they are.

**Sizes of 0** make the product 0 for all dimensions in front. That does no harm, as there is no
element. minigrad and PyTorch count such a size as 1, so that strides stay positive.

**Take with you**: a stride is what the dimensions after it hold.
"""

from minigrad.workbook import puzzle


@puzzle("strides_of")
def strides_of(shape):
    strides, product = [], 1
    for size in reversed(shape):
        strides.append(product)
        product *= size
    return tuple(reversed(strides))
