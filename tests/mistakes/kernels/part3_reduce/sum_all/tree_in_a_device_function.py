"""The tree stands in a function of its own."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@cuda.jit(device=True)
def add_up(cells, t):
    half = cells.shape[0] // 2
    while half:
        cuda.syncthreads()
        if t < half:
            cells[t] += cells[t + half]
        half >>= 1


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    total = 0.0
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    shared[t] = total
    add_up(shared, t)
    if t == 0:
        cuda.atomic.add(out, 0, shared[0])
