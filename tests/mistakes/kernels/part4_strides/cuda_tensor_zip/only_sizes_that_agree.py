"""Takes an input's index for 0 wherever its size is not the output's, and reads the last element of none."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        dims = len(out_shape)
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            place_out, place_a, place_b, rest = 0, 0, 0, k
            for d in range(dims - 1, -1, -1):
                i = rest % out_shape[d]
                rest //= out_shape[d]
                place_out += i * out_strides[d]
                place_a += i * a_strides[d] if a_shape[d] == out_shape[d] else 0
                place_b += i * b_strides[d] if b_shape[d] == out_shape[d] else 0
            out[place_out] = f(a[place_a], b[place_b])

    return kernel
