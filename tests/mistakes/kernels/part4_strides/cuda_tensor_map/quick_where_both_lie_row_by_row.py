"""Takes a short way where both tensors lie row by row and have one shape."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        plain = len(out_shape) == len(a_shape)
        missing = len(out_shape) - len(a_shape)
        row = 1
        for d in range(len(out_shape) - 1, -1, -1):
            if plain and (out_shape[d] != a_shape[d] or out_strides[d] != row or a_strides[d] != row):
                plain = False
            row *= out_shape[d]
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            if plain:
                out[k] = f(a[k])
            else:
                place_out, place_a, rest = 0, 0, k
                for d in range(len(out_shape) - 1, -1, -1):
                    i = rest % out_shape[d]
                    rest //= out_shape[d]
                    place_out += i * out_strides[d]
                    if d >= missing and a_shape[d - missing] > 1:
                        place_a += i * a_strides[d - missing]
                out[place_out] = f(a[place_a])

    return kernel
