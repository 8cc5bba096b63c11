"""A tree of doubling steps, with a test by remainder; spare blocks leave early."""

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
            i = rest % out_shape[d]
            rest = rest // out_shape[d]
            place_out += i * out_strides[d]
            place_a += i * a_strides[d]
        shared[t] = start
        j = t
        while j < a_shape[reduce_dim]:
            shared[t] = f(shared[t], a[place_a + j * a_strides[reduce_dim]])
            j += cuda.blockDim.x
        step = 1
        while step < TPB:
            cuda.syncthreads()
            if t % (2 * step) == 0:
                shared[t] = f(shared[t], shared[t + step])
            step *= 2
        if t == 0:
            out[place_out] = shared[0]

    return kernel
