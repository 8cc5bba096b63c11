"""Stores in shared memory, and one thread combines what is there: right, with a loop for the tree."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("cuda_tensor_reduce")
def cuda_tensor_reduce(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, reduce_dim, start):
        shared = cuda.shared.array(TPB, float32)
        t = cuda.threadIdx.x
        k = cuda.blockIdx.x
        if k >= out_size:
            return
        place_out, place_a, rest = 0, 0, k
        for d in range(len(out_shape) - 1, -1, -1):
            place_out += rest % out_shape[d] * out_strides[d]
            place_a += rest % out_shape[d] * a_strides[d]
            rest //= out_shape[d]
        value = start
        for j in range(t, a_shape[reduce_dim], TPB):
            value = f(a[place_a + j * a_strides[reduce_dim]], value)
        shared[t] = value
        cuda.syncthreads()
        if t == TPB - 1:
            for other in range(TPB - 1):
                value = f(value, shared[other])
            out[place_out] = value

    return kernel
