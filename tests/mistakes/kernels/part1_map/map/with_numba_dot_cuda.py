"""The whole name each time, as in some people's files."""

import numba
import numba.cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map")
@numba.cuda.jit
def map(out, a):
    i = numba.cuda.threadIdx.x
    out[i] = a[i] + 10
