"""A device function made beside the kernel does one element, f included."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit(device=True)
    def one(k, out, out_shape, out_strides, a, a_shape, a_strides):
        missing = len(out_shape) - len(a_shape)
        place_out, place_a = 0, 0
        for back in range(1, len(out_shape) + 1):
            d = len(out_shape) - back
            i = k % out_shape[d]
            k = k // out_shape[d]
            place_out += i * out_strides[d]
            if d >= missing:
                place_a += min(i, a_shape[d - missing] - 1) * a_strides[d - missing]
        out[place_out] = f(a[place_a])

    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            one(k, out, out_shape, out_strides, a, a_shape, a_strides)

    return kernel
