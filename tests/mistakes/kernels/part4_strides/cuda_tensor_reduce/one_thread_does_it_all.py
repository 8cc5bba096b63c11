"""One thread of each block combines all elements: right, without the star."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("cuda_tensor_reduce")
def cuda_tensor_reduce(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, reduce_dim, start):
        k = cuda.blockIdx.x
        if k < out_size and cuda.threadIdx.x == 0:
            place_out, place_a, rest = 0, 0, k
            for d in range(len(out_shape) - 1, -1, -1):
                i = rest % out_shape[d]
                rest //= out_shape[d]
                place_out += i * out_strides[d]
                place_a += i * a_strides[d]
            value = start
            for j in range(a_shape[reduce_dim]):
                value = f(value, a[place_a])
                place_a += a_strides[reduce_dim]
            out[place_out] = value

    return kernel
