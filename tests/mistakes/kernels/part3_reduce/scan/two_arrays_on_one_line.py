"""The same with two arrays, which numba's simulator takes for one if they stand in one line."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    one, other = cuda.shared.array(TPB, float32), cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    one[t] = a[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    flip = False
    while distance < TPB:
        if flip:
            one[t] = other[t] + (other[t - distance] if t >= distance else 0)
        else:
            other[t] = one[t] + (one[t - distance] if t >= distance else 0)
        cuda.syncthreads()
        flip = not flip
        distance *= 2
    if i < size:
        out[i] = other[t] if flip else one[t]
