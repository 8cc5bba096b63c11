"""
# Puzzle 9 · Fuse

## Walkthrough

One expression, three reads, one write. The product lives in a register for as long as the addition
takes, and is never seen by memory.

Two kernels would read two elements and write one for the product, then read two and write one for
the sum: six trips to memory for each element, against four. And between the two, a whole array of
products would have to be kept somewhere. On a GPU, where arithmetic is quick and memory far away,
fusing is the first thing to think of when several simple operations follow one another.

**The trap.** Keeping the product in `out`: `out[i] = a[i] * b[i]`, then `out[i] += c[i]`. It is
right, and it is the two passes again, written in one kernel: four reads, two writes.

**One rounding.** A GPU can multiply and add in one instruction and round only once, at the end, and
the compiler likes to use it. So the last bit may differ from the two-step result when the product
does not fit a float32. The numbers drawn here are chosen so that it always fits, and the comparison
can be exact.

**Take with you**: write to memory when a value is finished, not before.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] * b[i] + c[i]
