"""
# Puzzle 35 · CUDA tensor zip

The verb of puzzle 31 on a GPU: a zip combines two tensors element by element. Your function gets a
scalar function `f` of two numbers, compiled, and returns the kernel. Each input has a shape and
strides of its own, and broadcasts to the shape of `out`. Both may be smaller than `out`, each in
its own way.

    out_shape  2, 3     out_strides  3, 1      element 4 is at index 1, 1
      a_shape  2, 1       a_strides  1, 1
      b_shape     3       b_strides     1      out[1 * 3 + 1 * 1] = f(a[1 * 1], b[1 * 1])

- **Arrays**: `out`, `a` and `b` have one axis, float32, and begin at the tensor's first element;
  shapes and strides have one axis, int64. Strides are counted in elements, never negative.
- **Tensors** have 0 to 4 dimensions. Any may be permuted or have gaps, and inputs strides of 0.
  What lies in the gaps of `out` is not yours. `out` arrives holding nothing.
- **Broadcasting**: as in puzzle 34, for each input by itself.
- **Order**: `f` gets the element of `a` first. It may be a difference.
- **Sizes**: `out_size` is the number of elements of `out`, and may be 0.
- **Launch**: any number of blocks of any size. There may be fewer threads than elements.
- **Third star**: each element of `a` and `b` is read once, and each of `out` written once, where
  nothing is broadcast. Reads of shapes and strides do not count.
"""

from numba import cuda

from minigrad.workbook import puzzle

MAX_DIMS = 4  # for an index kept in a local array, should you want one


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        i = cuda.grid(1)
        # Your code here: about 15 lines.

    return kernel
