"""Takes the number of the element apart from the first dimension on, for the input alone."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            place_out, rest = 0, k
            for d in range(len(out_shape) - 1, -1, -1):
                place_out += rest % out_shape[d] * out_strides[d]
                rest //= out_shape[d]
            place_a, rest = 0, k
            for d in range(len(a_shape)):
                place_a += rest % a_shape[d] * a_strides[d]
                rest //= a_shape[d]
            out[place_out] = f(a[place_a])

    return kernel
