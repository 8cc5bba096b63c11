"""Device functions on local arrays, as a course on tensor libraries has them."""

from numba import cuda, float64, int32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32

MAX_DIMS = 4


@cuda.jit(device=True)
def to_index(ordinal, shape, out_index):
    for d in range(len(shape) - 1, -1, -1):
        out_index[d] = ordinal % shape[d]
        ordinal = ordinal // shape[d]


@cuda.jit(device=True)
def index_to_position(index, strides):
    position = 0
    for d in range(len(strides)):
        position += index[d] * strides[d]
    return position


@puzzle("cuda_tensor_reduce")
def cuda_tensor_reduce(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, reduce_dim, start):
        cache = cuda.shared.array(TPB, float64)
        out_index = cuda.local.array(MAX_DIMS, int32)
        pos = cuda.threadIdx.x
        block = cuda.blockIdx.x
        if block < out_size:
            to_index(block, out_shape, out_index)
            place_out = index_to_position(out_index, out_strides)
            cache[pos] = start
            for j in range(pos, a_shape[reduce_dim], TPB):
                out_index[reduce_dim] = j
                cache[pos] = f(cache[pos], a[index_to_position(out_index, a_strides)])
            cuda.syncthreads()
            half = TPB // 2
            while half > 0:
                if pos < half:
                    cache[pos] = f(cache[pos], cache[pos + half])
                half = half // 2
                cuda.syncthreads()
            if pos == 0:
                out[place_out] = cache[0]

    return kernel
