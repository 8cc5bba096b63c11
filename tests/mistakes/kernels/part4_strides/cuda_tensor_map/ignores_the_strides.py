"""Takes the k-th element for the k-th cell of the storage."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            out[k] = f(a[k])

    return kernel
