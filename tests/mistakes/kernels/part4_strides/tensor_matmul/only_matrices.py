"""Is written for two matrices: the batch is left out."""

from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("tensor_matmul")
def tensor_matmul():
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        for i in prange(out_shape[-2]):
            for j in range(out_shape[-1]):
                total = 0.0
                for k in range(a_shape[-1]):
                    total += a[i * a_strides[-2] + k * a_strides[-1]] * b[k * b_strides[-2] + j * b_strides[-1]]
                out[i * out_strides[-2] + j * out_strides[-1]] = total

    return kernel
