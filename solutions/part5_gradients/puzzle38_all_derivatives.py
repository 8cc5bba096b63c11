"""
# Puzzle 38 · All derivatives

## Walkthrough

**Two functions.** Look at each output alone. The first is x1, the second x1 · x2. Each has two inputs,
so each has two derivatives, and there are four.

**The first row**: when x1 moves, x1 moves as far: 1. When x2 moves, it does not move at all: 0. Many
count three derivatives, since they leave this one out. It is a number like the others.

**The second row**: hold x2 still, and x1 · x2 is a multiple of x1, with the slope x2. Hold x1 still, and
the slope is x1.

**Take with you**: N outputs and M inputs have N · M derivatives. The table is the Jacobian, rows are
outputs and columns are inputs, here and in all puzzles that follow.
"""

from minigrad.workbook import puzzle


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    return [[1.0, 0.0], [x2, x1]]
