"""Has neither a loop nor a guard."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        missing = len(out_shape) - len(a_shape)
        place_out, place_a, rest = 0, 0, cuda.grid(1)
        for d in range(len(out_shape) - 1, 0, -1):
            i = rest % out_shape[d]
            rest //= out_shape[d]
            place_out += i * out_strides[d]
            if d >= missing and a_shape[d - missing] > 1:
                place_a += i * a_strides[d - missing]
        if len(out_shape) > 0:
            place_out += rest * out_strides[0]
            if missing == 0 and a_shape[0] > 1:
                place_a += rest * a_strides[0]
        out[place_out] = f(a[place_a])

    return kernel
