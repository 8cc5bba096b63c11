"""Forgets the other blocks in the step: right, but elements are done again and again."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        missing_a = len(out_shape) - len(a_shape)
        missing_b = len(out_shape) - len(b_shape)
        for k in range(cuda.grid(1), out_size, cuda.blockDim.x):
            place_out, place_a, place_b, rest = 0, 0, 0, k
            for d in range(len(out_shape) - 1, -1, -1):
                i = rest % out_shape[d]
                rest //= out_shape[d]
                place_out += i * out_strides[d]
                if d >= missing_a and a_shape[d - missing_a] > 1:
                    place_a += i * a_strides[d - missing_a]
                if d >= missing_b and b_shape[d - missing_b] > 1:
                    place_b += i * b_strides[d - missing_b]
            out[place_out] = f(a[place_a], b[place_b])

    return kernel
