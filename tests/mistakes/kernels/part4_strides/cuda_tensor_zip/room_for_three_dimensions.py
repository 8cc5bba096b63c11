"""Keeps the index in a local array of three."""

from numba import cuda, int64

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        index = cuda.local.array(3, int64)
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            rest = k
            place_out, place_a, place_b = 0, 0, 0
            for d in range(len(out_shape) - 1, -1, -1):
                index[d] = rest % out_shape[d]
                rest //= out_shape[d]
                place_out += index[d] * out_strides[d]
            for d in range(len(a_shape)):
                if a_shape[d] > 1:
                    place_a += index[len(out_shape) - len(a_shape) + d] * a_strides[d]
            for d in range(len(b_shape)):
                if b_shape[d] > 1:
                    place_b += index[len(out_shape) - len(b_shape) + d] * b_strides[d]
            out[place_out] = f(a[place_a], b[place_b])

    return kernel
