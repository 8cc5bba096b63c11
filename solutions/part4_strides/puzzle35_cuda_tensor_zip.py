"""
# Puzzle 35 · CUDA tensor zip

## Walkthrough

It is puzzle 34 with a third place. What an index along dimension `d` of `out` adds to the place in
an input is the same question for `a` and for `b`, so it has become a function: `step`. It knows
nothing of kernels, threads or elements, only of one dimension of one tensor. Where the input has
no such dimension, or only one element along it, a step leads nowhere: 0.

**A device function.** `@cuda.jit(device=True)` marks a function that kernels call. The compiler
puts it into the kernel, so it costs nothing. It may stand outside of `cuda_tensor_zip`, as nothing
in it depends on `f`.

**Why a function that makes a kernel?** The compiler has to know `f` to put it into the loop. A
kernel that got `f` as an argument would be compiled once and would have to call a function that it
does not know, for each element. So there is a kernel for each scalar function, and the loop around
it is written once. That is what a tensor library is made of: three such loops, and a list of
scalar functions.

**The traps.** `f(b[...], a[...])` goes unnoticed as long as `f` is a sum or a product. The two
inputs lined up with each other rather than with `out`: both may be smaller than `out`. And one
input may have fewer dimensions while the other is the one with a 1.

**Take with you**: broadcasting is not a step before the zip. It is a stride that counts as 0.
"""

from numba import cuda

from minigrad.workbook import puzzle


@cuda.jit(device=True)
def step(d, missing, shape, strides):
    """How far apart neighbours along dimension `d` of `out` lie in an input."""
    if d < missing or shape[d - missing] == 1:
        return 0
    return strides[d - missing]


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        missing_a = len(out_shape) - len(a_shape)
        missing_b = len(out_shape) - len(b_shape)
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            place_out, place_a, place_b, rest = 0, 0, 0, k
            for d in range(len(out_shape) - 1, -1, -1):
                i = rest % out_shape[d]
                rest //= out_shape[d]
                place_out += i * out_strides[d]
                place_a += i * step(d, missing_a, a_shape, a_strides)
                place_b += i * step(d, missing_b, b_shape, b_strides)
            out[place_out] = f(a[place_a], b[place_b])

    return kernel
