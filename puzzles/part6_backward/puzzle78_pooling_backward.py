"""
# Puzzle 78 · Pooling, backwards

In puzzle 14, out[i] = a[i - 2] + a[i - 1] + a[i], with nothing before the first element. Every
element went into up to three sums. Going backwards, each gradient `d[i]` belongs to the three
elements that its sum was made of:

    add d[i] to grad_a[i - 2], grad_a[i - 1] and grad_a[i]

Told like this it is a *scatter*: three threads add to one cell, and race. Turn it round and ask
what one cell receives, and from where. That is a *gather*, and nobody is in anybody's way.

    d          1   2   4   8
    grad_a     7  14  12   8

Put the gradient of `a` into `grad_a`.

- **Arrays**: `grad_a` and `d` have `size` float32 elements. `grad_a` arrives holding nothing.
- **Sizes**: `size` may be 0, and need not be a multiple of anything.
- **Launch**: at least enough blocks, of any number of threads.
- **Third star**: each thread reads three elements and writes one, at most, without atomics.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    # Your code here: about 7 lines.
