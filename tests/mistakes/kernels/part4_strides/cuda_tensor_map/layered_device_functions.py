"""Three device functions on local arrays: to an index, to the input's index, to a place."""

from numba import cuda, int32

from minigrad.workbook import puzzle

EXPECT = "solved"

MAX_DIMS = 4


@cuda.jit(device=True)
def to_index(ordinal, shape, out_index):
    for d in range(len(shape) - 1, -1, -1):
        out_index[d] = ordinal % shape[d]
        ordinal = ordinal // shape[d]


@cuda.jit(device=True)
def broadcast_index(big_index, big_shape, shape, out_index):
    for d in range(len(shape)):
        if shape[d] == 1:
            out_index[d] = 0
        else:
            out_index[d] = big_index[len(big_shape) - len(shape) + d]


@cuda.jit(device=True)
def index_to_position(index, strides):
    position = 0
    for d in range(len(strides)):
        position += index[d] * strides[d]
    return position


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        out_index = cuda.local.array(MAX_DIMS, int32)
        a_index = cuda.local.array(MAX_DIMS, int32)
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            to_index(k, out_shape, out_index)
            broadcast_index(out_index, out_shape, a_shape, a_index)
            out[index_to_position(out_index, out_strides)] = f(a[index_to_position(a_index, a_strides)])

    return kernel
