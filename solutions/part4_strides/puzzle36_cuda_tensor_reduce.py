"""
# Puzzle 36 · CUDA tensor reduce

## Walkthrough

Two things that you know, one after the other. First, where: the number of the block is the number
of an element of `out`, and puzzle 34 turns it into two places. `out` has size 1 along
`reduce_dim`, so the index there is 0, and the place in `a` is that of the first element to
combine. From there the others lie `a_strides[reduce_dim]` apart.

Then, how: puzzle 17 with `f` for `+`. Each thread combines every `TPB`-th element, beginning with
`start`; the threads meet in shared memory, and a tree combines what they brought.

**What start is for.** A thread that finds no element still has to bring something to the tree, and
`start` changes nothing. If nobody finds an element, `start` is what comes out. A 0 would do for a
sum alone, and the element of the first thread would do for rows that are not empty.

**Why not begin with what is in `out`?** It arrives holding nothing. And every thread would bring
it to the tree, so a sum would count it `TPB` times.

**Spare blocks.** There may be more blocks than results. The guard sends all threads of a block the
same way, because it asks about the block and not about the thread. So barriers may stand inside of
it. A guard such as `i < a_shape[reduce_dim]` around a barrier would part them.

**Two loops, one barrier each.** The barrier before the first step of the tree makes sure that all
have written; the one at the end of each step, that all have combined. Thread 0 then reads what it
wrote itself.

**The traps.** A tree over `a_shape[reduce_dim]` cells rather than `TPB`: fine as long as the
dimension is shorter than the block and a power of two. Only the first `TPB` elements. The result
at `out[cuda.blockIdx.x]`, where `out` has gaps.

**How many blocks?** A result a block is good when there are many elements to each. For many short
rows most threads have nothing to do, and a result a thread would be better. A library has both.

**Take with you**: with map, zip and reduce for any strides, all that a tensor library computes can
be said, but for the product of matrices. And that is a zip and a reduce; puzzle 33 does them at
once.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("cuda_tensor_reduce")
def cuda_tensor_reduce(f):
    @cuda.jit
    def kernel(out, out_shape, out_strides, out_size, a, a_shape, a_strides, reduce_dim, start):
        shared = cuda.shared.array(TPB, float32)
        t, k = cuda.threadIdx.x, cuda.blockIdx.x
        if k < out_size:
            place_out, place_a, rest = 0, 0, k
            for d in range(len(out_shape) - 1, -1, -1):
                i = rest % out_shape[d]
                rest //= out_shape[d]
                place_out += i * out_strides[d]
                place_a += i * a_strides[d]

            value = start
            for j in range(t, a_shape[reduce_dim], TPB):
                value = f(value, a[place_a + j * a_strides[reduce_dim]])
            shared[t] = value
            cuda.syncthreads()

            half = TPB // 2
            while half > 0:
                if t < half:
                    shared[t] = f(shared[t], shared[t + half])
                cuda.syncthreads()
                half //= 2
            if t == 0:
                out[place_out] = shared[0]

    return kernel
