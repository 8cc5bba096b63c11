"""
# Puzzle 36 · CUDA tensor reduce

The verb of puzzle 32 on a GPU: a reduction combines all elements along one dimension. Your
function gets a scalar function `f` of two numbers, compiled, and returns the kernel. `f` is
associative and commutative, so the order is yours; `start` is its identity: `f(start, x)` is `x`.
`out` has the shape of `a`, but 1 along `reduce_dim`. One block computes one element of it.

    a_shape  2, 3     reduce_dim  1     out_shape  2, 1

    a   1  2  3       out   6       block 0
        4  5  6            15       block 1

- **Arrays**: as in puzzle 34, but of 1 to 4 dimensions, and not broadcast. `out` arrives holding
  nothing, so combine with `start`, not with `out`. Where there is nothing along `reduce_dim`,
  `start` is the result.
- **Sizes**: a dimension may be longer than a block, or 0; `out_size` may be 0.
- **Launch**: blocks of `TPB` threads, a power of two, and at least `out_size` of them. The file is
  run with `TPB` = 8 and with `TPB` = 64.
- **Third star**: each element of `a` is read once, by threads that share them out evenly, and a
  thread meets at most log2(`TPB`) + 1 barriers. Reads of shapes and strides do not count.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32
MAX_DIMS = 4  # for an index kept in a local array, should you want one


@puzzle("cuda_tensor_reduce")
def cuda_tensor_reduce(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, reduce_dim, start):
        shared = cuda.shared.array(TPB, float32)
        t, k = cuda.threadIdx.x, cuda.blockIdx.x
        # Your code here: about 20 lines.

    return kernel
