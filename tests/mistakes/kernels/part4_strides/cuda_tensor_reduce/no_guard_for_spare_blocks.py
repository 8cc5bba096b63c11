"""Takes every block for one that has a result to compute, and divides by a size of 0 when there is none."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "integer-division-by-zero"}

TPB = 32


@puzzle("cuda_tensor_reduce")
def cuda_tensor_reduce(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, reduce_dim, start):
        shared = cuda.shared.array(TPB, float32)
        t = cuda.threadIdx.x
        k = cuda.blockIdx.x
        place_out, place_a, rest = 0, 0, k
        for d in range(len(out_shape) - 1, -1, -1):
            i = rest % out_shape[d]
            rest //= out_shape[d]
            place_out += i * out_strides[d]
            place_a += i * a_strides[d]
        value = start
        for j in range(t, a_shape[reduce_dim], TPB):
            value = f(value, a[place_a + j * a_strides[reduce_dim]])
        shared[t] = value
        cuda.syncthreads()
        half = TPB // 2
        while half > 0:
            if t < half:
                shared[t] = f(shared[t], shared[t + half])
            cuda.syncthreads()
            half //= 2
        if t == 0:
            out[place_out] = shared[0]

    return kernel
