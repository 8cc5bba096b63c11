"""Steps and divides in while loops, and leaves early."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        k = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
        if k >= out_size:
            return
        while k < out_size:
            left, to, source = k, 0, 0
            d, e = len(out_shape) - 1, len(a_shape) - 1
            while d >= 0:
                quotient = left // out_shape[d]
                i = left - quotient * out_shape[d]
                left = quotient
                to += i * out_strides[d]
                if e >= 0:
                    source += (i if a_shape[e] != 1 else 0) * a_strides[e]
                d -= 1
                e -= 1
            out[to] = f(a[source])
            k += cuda.blockDim.x * cuda.gridDim.x

    return kernel
