"""
# Puzzle 26 · Offset

## Walkthrough

Puzzle 25 finds the index from its last entry to its first, and puzzle 23 adds up index times
stride in any order. So the two loops fit into one: each remainder is an entry of the index, is
multiplied by its stride at once, and can be forgotten.

**What is stored?** `k`, which shrinks, a sum, which grows, and a counter. A GPU keeps such numbers
in registers, the fastest memory it has. Tuples whose length is only known when the program runs do
not exist there, nor do lists; that is why shapes and strides come as arrays from now on.

**Row by row, whatever the strides.** The division uses the sizes, the sum uses the strides, and
neither minds the other. For a tensor that lies row by row the two cancel out and the result is `k`
itself: a good test, and a bad one if it is the only one, since `return k` passes it too.

**The traps.** `range(len(shape) - 1, 0, -1)` never comes to dimension 0: a range ends before its
end, so the end has to be -1. And `/` makes floats, whatever is divided: an index has to be an int.

**Take with you**: this loop stands in every kernel of a tensor library.
"""

from minigrad.workbook import puzzle


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, -1, -1):
        place += k % shape[d] * strides[d]
        k //= shape[d]
    return place
