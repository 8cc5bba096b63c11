"""
# Puzzle 23 · Position

## Walkthrough

To get to the element at (1, 2) from the first one, take 1 step along the rows and 2 along the
columns. With strides (3, 1) a step along the rows is 3 elements long and one along the columns is
1, so you land at 1 · 3 + 2 · 1 = 5. In general the position is the sum of index times stride over
all dimensions. Nothing else: this one line is what strides mean.

**The shape is not needed.** It says where an index has to stop, and nothing about where its
element lies. That is why a stride can be anything. With strides (1, 3) the same storage is read
column by column, with (0, 1) the same row comes again and again, with (6, 2) only every other
element counts.

**The traps.** The last stride is usually 1, so a solution that takes it for 1 works until somebody
transposes. And a tensor may have no dimensions at all: then both tuples are empty, the sum of
nothing is 0, and 0 is right, because the one element lies at the start. A sum does that by itself;
code that begins with `index[0]` does not.

**Take with you**: position = sum of index times stride.
"""

from minigrad.workbook import puzzle


@puzzle("position")
def position(index, strides):
    return sum(i * stride for i, stride in zip(index, strides))
