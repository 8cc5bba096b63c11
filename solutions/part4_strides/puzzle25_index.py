"""
# Puzzle 25 · Index

## Walkthrough

In a table with 3 columns, element 5 is in row 5 // 3 = 1 and in column 5 % 3 = 2. That is all,
done once for each dimension: the remainder by the last size is the last index, and the quotient
counts what the dimensions before it have to share out.

**You know this already.** It is how a number is written down. The last digit of 1984 is the
remainder by 10, the rest is 198 and gets the same treatment. A shape is a number system in which
every place has a base of its own; hours, minutes and seconds are another one, with shape (24, 60,
60). The index is `k` written in that system.

**The traps.** From the first dimension to the last, dividing by the sizes, gives the index in a
tensor counted column by column. One can begin at the front, but then one has to divide by what
lies *after* a dimension, which are the strides of puzzle 24. Also, the strides of the tensor
itself have no say here: which element is the k-th is a matter of the shape alone. Where that
element lies is the next puzzle.

**Take with you**: remainder and quotient, from the last dimension to the first.
"""

from minigrad.workbook import puzzle


@puzzle("index")
def index(k, shape):
    found = []
    for size in reversed(shape):
        k, remainder = divmod(k, size)
        found.append(remainder)
    return tuple(reversed(found))
