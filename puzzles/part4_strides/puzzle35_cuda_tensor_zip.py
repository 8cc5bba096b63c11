"""
# Puzzle 35 · CUDA tensor zip

The second verb for every tensor, on a GPU. A zip combines two tensors element by element. Your
function gets a scalar function `f` of two numbers, compiled, and returns the kernel.

Each input has a shape and strides of its own, and broadcasts to the shape of `out`. Both may be
smaller than `out`, each in its own way.

    out_shape  2, 3     out_strides  3, 1      element 4 is at index 1, 1
      a_shape  2, 1       a_strides  1, 1
      b_shape     3       b_strides     1      out[1 * 3 + 1 * 1] = f(a[1 * 1], b[1 * 1])

- **Arrays**: `out`, `a` and `b` have one axis, float32, and begin at the tensor's first element;
  shapes and strides have one axis, int64. Strides are counted in elements and are never negative.
- **Tensors** have 0 to 4 dimensions. Any may be permuted or have gaps, inputs may have strides of 0.
  What lies in the gaps of `out` is not yours. `out` arrives holding nothing.
- **Broadcasting**: an input may have fewer dimensions than `out`, which are lined up from the right,
  and 1 where `out` has more. Along a dimension of size 1 the only index is 0, whatever its stride.
- **Order**: `f` gets the element of `a` first. It may be a difference.
- **Sizes**: `out_size` is the number of elements of `out`, and may be 0.
- **Launch**: blocks of any size, any number of them. There may be fewer threads than elements.
- **Third star**: each element of `a` and of `b` is read once, and each of `out` written once, where
  nothing is broadcast. Reads of shapes and strides are not counted.
"""

from numba import cuda

from minigrad.workbook import puzzle

MAX_DIMS = 4  # for an index kept in a local array, should you want one


@puzzle("cuda_tensor_zip")
def cuda_tensor_zip(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, b, b_shape, b_strides):
        i = cuda.grid(1)
        # Your code here: about 14 lines.

    return kernel
