"""
# Puzzle 1 · Map

## Walkthrough

Thread `i` owns element `i`. It reads it, adds 10, and writes the result, and no other thread
touches either cell. That is why the order of the threads does not matter, and why nobody has to
wait for anybody.

**The traps.** `out[i] += 10` reads `out`, which arrives holding nothing. In a small test it may
hold zeros by chance, and then the kernel seems to work. `a[i] += 10` changes the input; whoever
passed it in will not expect that. And `out[i] = i + 10` is right for the array 0, 1, 2, 3 … and for
no other, which is why a good test does not use that array alone.

**How many reads?** One. `a[i]` stands once in the line, so it is fetched once. That looks like a
small thing here; from puzzle 10 on it will not be.

**Take with you**: one thread, one element, one read, one write. This is the shape of every map.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    out[i] = a[i] + 10
