"""Lines the dimensions up from the left."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            place_out, place_a, rest = 0, 0, k
            for d in range(len(out_shape) - 1, -1, -1):
                i = rest % out_shape[d]
                rest //= out_shape[d]
                place_out += i * out_strides[d]
                if d < len(a_shape) and a_shape[d] > 1:
                    place_a += i * a_strides[d]
            out[place_out] = f(a[place_a])

    return kernel
