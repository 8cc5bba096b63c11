"""
# Puzzle 13 · Shared

## Walkthrough

Load, wait, use. Every thread brings its element of `a` into shared memory. Behind the barrier the
whole stretch is there, and a thread may take any two places of it. So each element comes from
global memory once, though two threads need it.

**Every thread reaches the barrier.** Only the load and the store are guarded, and the same guard
stands there twice, with the barrier between. A barrier inside an `if` would be waited at by some
threads of the block and not by others: nothing promises what happens then. To `return` early is the
same mistake in another dress. Today's hardware forgives it, portable CUDA does not.

**Without the barrier** the kernel is right when the mirror image happens to have been loaded
already. The 32 threads of a warp mostly move together, so with one warp a block you may never see
it fail. With two warps it depends on which is quicker.

**The last stretch is short.** With 13 elements and `TPB` = 8, block 1 has 5 of them, and the mirror
of place 0 is place 4, not 7. Place 7 holds nothing: nobody wrote there. `min` gives the number of
elements for a full stretch and for a short one.

**Local or shared?** `t` is the place within the block and so within `stretch`; `i` is the place in
`a` and `out`. Mixing them up works in block 0 and nowhere else.

**Take with you**: load guarded, wait unguarded, use guarded.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        stretch[t] = a[i]
    cuda.syncthreads()
    if i < size:
        length = min(TPB, size - cuda.blockIdx.x * TPB)
        out[i] = stretch[t] + stretch[length - 1 - t]
