"""The lanes of a warp combine by shuffles, and the first thread combines the warps."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32


@puzzle("cuda_tensor_reduce")
def cuda_tensor_reduce(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, reduce_dim, start):
        shared = cuda.shared.array(32, float32)
        t = cuda.threadIdx.x
        k = cuda.blockIdx.x
        if k >= out_size:
            return
        place_out, place_a, rest = 0, 0, k
        for d in range(len(out_shape) - 1, -1, -1):
            i = rest % out_shape[d]
            rest //= out_shape[d]
            place_out += i * out_strides[d]
            place_a += i * a_strides[d]
        value = float32(start)
        for j in range(t, a_shape[reduce_dim], TPB):
            value = f(value, a[place_a + j * a_strides[reduce_dim]])
        step = min(32, TPB) // 2
        while step > 0:
            value = f(value, cuda.shfl_xor_sync(0xFFFFFFFF, value, step))
            step //= 2
        if t % 32 == 0:
            shared[t // 32] = value
        cuda.syncthreads()
        if t == 0:
            for warp in range(1, (TPB + 31) // 32):
                value = f(value, shared[warp])
            out[place_out] = value

    return kernel
