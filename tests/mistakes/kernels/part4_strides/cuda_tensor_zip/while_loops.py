"""Steps and divides in while loops, from the last dimension back."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        k = cuda.grid(1)
        while k < out_size:
            left, to, x, y, back = k, 0, 0, 0, 1
            while back <= len(out_shape):
                size = out_shape[len(out_shape) - back]
                i = left % size
                left = left // size
                to += i * out_strides[len(out_shape) - back]
                if back <= len(a_shape):
                    x += i * a_strides[len(a_shape) - back] * (a_shape[len(a_shape) - back] > 1)
                if back <= len(b_shape):
                    y += i * b_strides[len(b_shape) - back] * (b_shape[len(b_shape) - back] > 1)
                back += 1
            out[to] = f(a[x], b[y])
            k += cuda.gridsize(1)

    return kernel
