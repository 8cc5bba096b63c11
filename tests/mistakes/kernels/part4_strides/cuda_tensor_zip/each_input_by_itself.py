"""A device function finds the place of an input from the number of the element, one tensor at a time."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def place(k, big_shape, shape, strides):
    found = 0
    for back in range(1, len(shape) + 1):
        size = big_shape[len(big_shape) - back]
        if shape[len(shape) - back] != 1:
            found += k % size * strides[len(strides) - back]
        k //= size
    return found


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            x = a[place(k, out_shape, a_shape, a_strides)]
            y = b[place(k, out_shape, b_shape, b_strides)]
            out[place(k, out_shape, out_shape, out_strides)] = f(x, y)

    return kernel
