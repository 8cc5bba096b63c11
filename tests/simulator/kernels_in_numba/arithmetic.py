"""What numbers do: types, signs, casts, bits and the functions of math, on values that stay exact."""

import math

import numba
import numpy as np
from numba import cuda

from kernels_in_numba.examples import dyadics, example, integers, zeros

PAIRS = [(a, b) for a in (-7, -6, 0, 5, 7) for b in (-4, -3, 2, 3)]


def pairs(dtype=np.int32):
    return np.array(PAIRS, dtype)


@example(1, 20, lambda: [zeros(20, 5, dtype="i4"), pairs()])
@example(1, 20, lambda: [zeros(20, 5), pairs(np.float32)])
@example(1, 20, lambda: [zeros(20, 5, dtype="f8"), pairs(np.float64)])
@example(1, 20, lambda: [zeros(20, 5, dtype="i8"), pairs(np.int64)])
@cuda.jit
def quotients_and_remainders(out, a):
    i = cuda.grid(1)
    x = a[i, 0]
    y = a[i, 1]
    out[i, 0] = x // y
    out[i, 1] = x % y
    q, r = divmod(x, y)
    out[i, 2] = q
    out[i, 3] = r
    out[i, 4] = x - y * (x // y)


@example(1, 8, lambda: [zeros(8, 6), dyadics(8), dyadics(8)[::-1].copy()])
@example(1, 8, lambda: [zeros(8, 6), integers(8, dtype=np.int32), integers(8, low=1)])
@example(1, 8, lambda: [zeros(8, 6, dtype="f8"), integers(8, dtype=np.int32), dyadics(8, dtype=np.float64)])
@cuda.jit
def sums_and_products(out, a, b):
    i = cuda.threadIdx.x
    out[i, 0] = a[i] + b[i]
    out[i, 1] = a[i] - b[i]
    out[i, 2] = a[i] * b[i]
    out[i, 3] = a[i] / 4
    out[i, 4] = -a[i] + 2 * b[i]
    out[i, 5] = (a[i] + 1) * (b[i] - 1) / 2


@example(1, 8, lambda: [zeros(8, 5), dyadics(8), integers(8, dtype=np.int32)])
@example(1, 8, lambda: [zeros(8, 5), integers(8, dtype=np.int32), dyadics(8, dtype=np.float64)])
@cuda.jit
def absolute_values_and_extremes(out, a, b):
    i = cuda.threadIdx.x
    out[i, 0] = abs(a[i])
    out[i, 1] = min(a[i], b[i])
    out[i, 2] = max(a[i], b[i])
    out[i, 3] = max(a[i], 0) - min(b[i], 0, 3)
    out[i, 4] = a[i] if abs(a[i]) >= abs(b[i]) else b[i]


@example(1, 6, lambda: [zeros(6, 4, dtype="f8"), np.array([-3, -1, 0, 2, 3, 4], np.int32)])
@example(1, 6, lambda: [zeros(6, 4, dtype="f8"), np.array([-3, -1, 0.5, 2, 3, 4], np.float32)])
@cuda.jit
def powers(out, a):
    i = cuda.threadIdx.x
    out[i, 0] = a[i] ** 2
    out[i, 1] = a[i] ** 3
    out[i, 2] = pow(a[i], 2)
    out[i, 3] = 2.0 ** abs(a[i] * 2)


@example(1, 8, lambda: [zeros(8, 3), np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.25, -3.75], np.float32)])
@example(1, 8, lambda: [zeros(8, 3), np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.25, -3.75], np.float64)])
@cuda.jit
def rounding(out, a):
    i = cuda.threadIdx.x
    out[i, 0] = round(a[i])
    out[i, 1] = math.floor(a[i]) * 100 + math.ceil(a[i])
    out[i, 2] = math.trunc(float(a[i])) + int(a[i])


@example(1, 8, lambda: [zeros(8, dtype="i4"), zeros(8, dtype="i8"), zeros(8), zeros(8, dtype="f8"), dyadics(8)])
@cuda.jit
def casts(whole, long, single, double, a):
    i = cuda.threadIdx.x
    whole[i] = int(a[i])
    long[i] = np.int64(a[i]) + np.int32(3)
    single[i] = np.float32(i) / np.float32(4)
    double[i] = float(i) + np.float64(a[i]) + (i > 3) + np.float32(0.5)


@example(
    1,
    8,
    lambda: [
        zeros(8, dtype="i4"),
        zeros(8, dtype="i2"),
        zeros(8, dtype="u1"),
        zeros(8, dtype="f4"),
        dyadics(8),
    ],
)
@cuda.jit
def storing_converts(whole, short, small, single, a):
    i = cuda.threadIdx.x
    whole[i] = a[i]
    short[i] = 100 * i
    small[i] = 250 + i % 4
    single[i] = i


@example(
    1,
    4,
    lambda: [
        zeros(4, dtype="?"),
        zeros(4, dtype="?"),
        zeros(4, dtype="i4"),
        np.array([1, 0, 1, 0], "?"),
        np.array([1, 1, 0, 0], "?"),
    ],
)
@cuda.jit
def truth(both, either, out, a, b):
    i = cuda.threadIdx.x
    both[i] = a[i] and b[i]
    either[i] = a[i] or not b[i]
    out[i] = 1 if a[i] else 2
    if not b[i] and i != 2:
        out[i] += 10


@example(
    1,
    8,
    lambda: [
        zeros(8, 6, dtype="i4"),
        integers(8, dtype=np.int32),
        integers(8, dtype=np.int32, low=0, high=3),
    ],
)
@example(
    1,
    8,
    lambda: [
        zeros(8, 6, dtype="i8"),
        integers(8, dtype=np.int64),
        integers(8, dtype=np.int64, low=0, high=3),
    ],
)
@cuda.jit
def bits(out, a, b):
    i = cuda.threadIdx.x
    out[i, 0] = a[i] & 6
    out[i, 1] = a[i] | b[i]
    out[i, 2] = a[i] ^ b[i]
    out[i, 3] = ~a[i]
    out[i, 4] = a[i] << b[i]
    out[i, 5] = a[i] >> b[i]


@example(1, 4, lambda: [integers(4, 10, dtype=np.int32, low=1)])
@example(1, 4, lambda: [integers(4, 10, dtype=np.int64, low=1)])
@cuda.jit
def augmented_assignments(a):
    i = cuda.threadIdx.x
    a[i, 0] += 3
    a[i, 1] -= a[i, 0]
    a[i, 2] *= -2
    a[i, 3] //= 2
    a[i, 4] %= 4
    a[i, 5] **= 2
    a[i, 6] &= 5
    a[i, 7] |= 8
    a[i, 8] ^= 3
    a[i, 9] <<= 2


@example(1, 4, lambda: [dyadics(4, 5)])
@example(1, 4, lambda: [dyadics(4, 5, dtype=np.float64)])
@cuda.jit
def augmented_assignments_of_fractions(a):
    i = cuda.threadIdx.x
    a[i, 0] += 1
    a[i, 1] -= a[i, 0]
    a[i, 2] *= 0.5
    a[i, 3] /= 4
    a[i, 4] //= 2


@example(1, 8, lambda: [zeros(8), zeros(8, dtype="i4"), dyadics(8), integers(8, dtype=np.int32)])
@cuda.jit
def select_and_fuse(out, whole, a, b):
    i = cuda.threadIdx.x
    out[i] = cuda.fma(a[i], a[i], a[i]) + cuda.selp(i % 2 == 0, a[i], -a[i])
    whole[i] = cuda.selp(b[i] > 0, b[i], 100)


@example(1, 6, lambda: [zeros(6, 4, dtype="i8"), np.array([0, 1, 6, 1024, 65535, 2**31 - 1], np.int32)])
@example(1, 6, lambda: [zeros(6, 4, dtype="i8"), np.array([0, 1, 6, 1024, 65535, 2**32 - 1], np.uint32)])
@cuda.jit
def count_and_find_bits(out, a):
    i = cuda.threadIdx.x
    out[i, 0] = cuda.popc(a[i])
    out[i, 1] = cuda.clz(a[i])
    out[i, 2] = cuda.ffs(a[i])
    out[i, 3] = cuda.brev(a[i])


@example(1, 3, lambda: [zeros(3, dtype="f8"), np.array([0, 1, 27], np.float64)])
@cuda.jit
def cube_roots(out, a):
    out[cuda.threadIdx.x] = cuda.cbrt(a[cuda.threadIdx.x])


@example(1, 4, lambda: [zeros(4, 12, dtype="f8"), np.array([0, 1, 4, 16], np.float64)])
@example(1, 4, lambda: [zeros(4, 12), np.array([0, 1, 4, 16], np.float32)])
@cuda.jit
def functions_of_math(out, a):
    i = cuda.threadIdx.x
    x = a[i]
    out[i, 0] = math.sqrt(x)
    out[i, 1] = math.fabs(-x)
    out[i, 2] = math.exp(x - x)
    out[i, 3] = math.log2(x) if x > 0 else -1
    out[i, 4] = math.pow(x, 2)
    out[i, 5] = math.copysign(x, -1.0)
    out[i, 6] = math.fmod(x, 3)
    out[i, 7] = math.hypot(3 * x, 4 * x)
    out[i, 8] = math.sin(x - x) + math.cos(x - x) + math.tan(0.0) + math.tanh(0.0)
    out[i, 9] = math.atan2(0.0, x + 1) + math.asin(0.0) + math.acos(1.0) + math.atan(0.0)
    out[i, 10] = math.log(1.0) + math.log10(100.0) + math.log1p(0.0) + math.expm1(0.0)
    out[i, 11] = math.ldexp(x, 2) + math.erf(0.0) + math.erfc(0.0) + math.sinh(0.0) + math.cosh(0.0)


@example(1, 4, lambda: [zeros(4, 3, dtype="i4"), np.array([1, np.inf, -np.inf, np.nan], np.float32)])
@cuda.jit
def is_it_a_number(out, a):
    i = cuda.threadIdx.x
    out[i, 0] = math.isnan(a[i])
    out[i, 1] = math.isinf(a[i])
    out[i, 2] = a[i] == a[i] and a[i] < math.inf and a[i] > -math.inf


@example(1, 4, lambda: [zeros(4), np.array([1, 0, -1, 8], np.float32), np.array([0, 2, 0, 2], np.float32)])
@cuda.jit
def elements_divided_by_zero_are_infinite(out, a, b):
    i = cuda.threadIdx.x
    out[i] = a[i] / b[i]


@example(1, 4, lambda: [zeros(4), integers(4), 3, 0.5, True, np.float32(0.25), np.int32(-2)])
@cuda.jit
def numbers_as_arguments(out, a, whole, fraction, truth, single, int32):
    i = cuda.threadIdx.x
    out[i] = a[i] * whole + fraction + (10 if truth else 20) + single * int32


@example(
    1,
    8,
    lambda: [
        zeros(8),
        dyadics(8),
        dyadics(8, dtype=np.float64),
        integers(8, dtype=np.int32),
        np.arange(8) % 3 == 0,
    ],
)
@cuda.jit
def types_mixed(out, a, b, c, d):
    i = cuda.threadIdx.x
    out[i] = a[i] * c[i] + b[i] - d[i] + i


@example(1, 4, lambda: [zeros(4, dtype="i4"), zeros(4)])
@cuda.jit
def numbas_types_as_casts(whole, single):
    i = cuda.threadIdx.x
    whole[i] = numba.int32(i * 1.5)
    single[i] = numba.float32(i) / numba.float32(2)


@example(1, 4, lambda: [zeros(4, dtype="f8")])
@cuda.jit
def constants_of_math(out):
    i = cuda.threadIdx.x
    out[i] = math.pi if i == 0 else math.e if i == 1 else math.inf if i == 2 else -math.inf
