"""Keeps the index in a local array of two."""

from numba import cuda, int64

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        missing = len(out_shape) - len(a_shape)
        index = cuda.local.array(2, int64)
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            rest = k
            for d in range(len(out_shape) - 1, -1, -1):
                index[d] = rest % out_shape[d]
                rest //= out_shape[d]
            place_out = 0
            for d in range(len(out_shape)):
                place_out += index[d] * out_strides[d]
            place_a = 0
            for d in range(len(a_shape)):
                if a_shape[d] > 1:
                    place_a += index[missing + d] * a_strides[d]
            out[place_out] = f(a[place_a])

    return kernel
