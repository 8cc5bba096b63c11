"""
# Puzzle 21 · Argmax

## Walkthrough

A pair is two numbers that travel together: the value in one shared array, its column in the other,
at the same place. Every branch that moves the one moves the other.

**Within a thread** the columns go up: t, t + TPB, and so on. A strict `>` keeps the first of equal
values, and the element is read once, into a local variable, as it may be needed twice.

**Within the tree** a strict `>` is not enough. With 8 threads and 9 columns, thread 0 may bring
column 8, and thread 1 column 1. If the two hold the same value, thread 0 would keep its own, and
the second would pass for the first. So equal values are told apart by their columns. With that rule
the order of combining makes no difference at all, which is what a tree needs.

**Where does a thread begin?** With −infinity, the identity of the maximum, and a column that wins
no tie against a real one. The thread's own number does: if it has an element, that is its first
column; if it has none, every real column is smaller. So even a row full of −inf gets a 0.

**The traps.** A value that moves while its column stays. A start of 0 for the value, which beats
all negative rows. Packing the value and the column into one number, `value * cols + column`: it
rounds. Finding the largest value first and then looking for it: right, but `a` is read twice.

**No guard for the row.** There are exactly as many blocks as rows. A guard would do no harm, as
long as it sends all threads of a block the same way.

**Take with you**: what is reduced may be a pair, a triple or more, as long as combining two gives
one of the same kind, in any order. Online softmax (puzzle 86) reduces a pair.
"""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    best, column = -math.inf, t
    for j in range(t, cols, TPB):
        value = a[row, j]
        if value > best:
            best, column = value, j
    values[t] = best
    columns[t] = column
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            other = t + step
            is_tie = values[other] == values[t] and columns[other] < columns[t]
            if values[other] > values[t] or is_tie:
                values[t] = values[other]
                columns[t] = columns[other]
        step //= 2
    if t == 0:
        out[row] = columns[0]
