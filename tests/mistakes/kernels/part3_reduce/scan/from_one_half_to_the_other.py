"""The same with one array of twice the size, a constant of the file."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
TWICE = 2 * TPB


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TWICE, float64)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    source, target = 0, TPB
    sums[t] = float64(a[i]) if i < size else 0.0
    distance = 1
    while distance < TPB:
        cuda.syncthreads()
        x = sums[source + t]
        if t >= distance:
            x += sums[source + t - distance]
        sums[target + t] = x
        source, target = target, source
        distance *= 2
    if i < size:
        out[i] = sums[source + t]
