"""Takes the k-th element for the k-th cell of every storage."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        for k in range(cuda.grid(1), out_size, cuda.gridsize(1)):
            out[k] = f(a[k], b[k])

    return kernel
