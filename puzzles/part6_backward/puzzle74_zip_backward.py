"""
# Puzzle 74 · Zip, backwards

Two operands, two gradients. The forward pass was out[i] = a[i] · b[i]. If a[i] grows by a little,
the product grows by b[i] times as much; and the other way round. What arrives at that place
multiplies both.

    a         1   2   3          grad_a   20  60 120        d · b
    b        10  20  30          grad_b    2   6  12        d · a
    d         2   3   4

Put the gradients into `grad_a` and `grad_b`, both in one pass: what they share is read once.

- **Arrays**: `d`, `a`, `b`, `grad_a` and `grad_b` have `size` float32 elements. The gradients
  arrive holding nothing.
- **Sizes**: `size` may be 0, and need not be a multiple of anything.
- **Launch**: at least enough blocks, of any number of threads.
- **Third star**: each thread reads three elements and writes two, at most.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    # Your code here: about 4 lines.
