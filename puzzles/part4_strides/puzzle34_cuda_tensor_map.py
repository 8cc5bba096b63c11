"""
# Puzzle 34 · CUDA tensor map

The first verb for every tensor, on a GPU. A map does the same to each element, and your function
makes the kernel that does it: it gets a scalar function `f` and returns a kernel. `f` is compiled
already, so the kernel just calls it.

A tensor comes in three arguments: its storage, one long row of numbers; its shape; and its strides,
which say how far apart neighbours along each dimension lie. Element `k` of `out`, counted row by
row, goes to one place and comes from another.

    out_shape  2, 3     out_strides  3, 1      element 4 is at index 1, 1
      a_shape     3       a_strides     2      out[1 * 3 + 1 * 1] = f(a[1 * 2])

- **Arrays**: `out` and `a` have one axis, float32, and begin at the tensor's first element; shapes
  and strides have one axis, int64. Strides are counted in elements and are never negative.
- **Tensors** have 0 to 4 dimensions. Either may be permuted or have gaps, `a` may have strides of 0.
  What lies in the gaps of `out` is not yours. `out` arrives holding nothing.
- **Broadcasting**: the shape of `a` broadcasts to that of `out`. It may have fewer dimensions, which
  are lined up from the right, and 1 where `out` has more. Along a dimension of size 1 the only index
  is 0, whatever its stride.
- **Sizes**: `out_size` is the number of elements of `out`, and may be 0.
- **Launch**: blocks of any size, any number of them. There may be fewer threads than elements.
- **Third star**: each element of `a` is read once, and each of `out` written once, where nothing is
  broadcast. Reads of shapes and strides are not counted.
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
