"""
# Puzzle 34 · CUDA tensor map

The verb of puzzle 30 on a GPU. Your function gets a scalar function `f`, compiled, and returns the
kernel that does it to each element of a tensor. A tensor comes in three arguments: its storage,
one long row of numbers; its shape; and its strides. Element `k` of `out`, counted row by row, goes
to one place and comes from another.

    out_shape  2, 3     out_strides  3, 1      element 4 is at index 1, 1
      a_shape     3       a_strides     2      out[1 * 3 + 1 * 1] = f(a[1 * 2])

- **Arrays**: `out` and `a` have one axis, float32, and begin at the tensor's first element; shapes
  and strides have one axis, int64. Strides are counted in elements and are never negative.
- **Tensors** have 0 to 4 dimensions. Either may be permuted or have gaps, and `a` strides of 0.
  What lies in the gaps of `out` is not yours. `out` arrives holding nothing.
- **Broadcasting**: `a` may have fewer dimensions than `out`, which are lined up from the right,
  and 1 where `out` has more. Along a dimension of size 1 the only index is 0, whatever its stride.
- **Sizes**: `out_size` is the number of elements of `out`, and may be 0.
- **Launch**: any number of blocks of any size. There may be fewer threads than elements.
- **Third star**: each element of `a` is read once, and each of `out` written once, where nothing
  is broadcast. Reads of shapes and strides do not count.
"""

from numba import cuda

from minigrad.workbook import puzzle

MAX_DIMS = 4  # for an index kept in a local array, should you want one


@puzzle("cuda_tensor_map")
def cuda_tensor_map(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides):
        i = cuda.grid(1)
        # Your code here: about 10 lines.

    return kernel
