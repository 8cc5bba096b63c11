"""
# Puzzle 34 · CUDA tensor map

## Walkthrough

The outer loop is that of puzzle 6: element `k` of `out`, for as many `k` as fall to this thread.
The inner one is puzzle 26, done for two tensors at once. It takes `k` apart from the last
dimension to the first, and each index moves both places by a stride.

**One index, two places.** The index along a dimension is worked out once, from `out_shape`: the
order in which elements are counted is that of `out`. Then it is multiplied by two strides that
have nothing to do with each other. Nobody ever asks whether one of the tensors is transposed.

**Broadcasting is two questions.** Has `a` this dimension at all? Dimension `d` of `out` is
dimension `d - missing` of `a`, and below 0 there is none. And has `a` more than one element along
it? If not, its index is 0, so nothing is added. In both cases the place in `a` stays where it is,
and the same element is read again.

**No index is stored.** One could write the index of each dimension into a local array,
`cuda.local.array(MAX_DIMS, int64)`, and multiply later. It is the same sum. Adding as one goes
needs no array, and so no largest number of dimensions.

**No dimensions.** The inner loop makes no turn, both places are 0, and there is one element. It
comes out right by itself as long as nothing looks at `out_shape[0]`.

**The traps.** `out[k]` and `a[k]`: right for as long as all tensors lie row by row, which is what
one tries first. The stride of a dimension of size 1: it may be anything, since only 0 is ever
multiplied by it. `len(out)` is how many cells the storage has, gaps included; `out_size` counts
elements.

**Take with you**: an element has no number of its own. It has an index, and every tensor has its
own way from the index to a place.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        missing = len(out_shape) - len(a_shape)
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            place_out, place_a, rest = 0, 0, k
            for d in range(len(out_shape) - 1, -1, -1):
                i = rest % out_shape[d]
                rest //= out_shape[d]
                place_out += i * out_strides[d]
                if d >= missing and a_shape[d - missing] > 1:
                    place_a += i * a_strides[d - missing]
            out[place_out] = f(a[place_a])

    return kernel
