"""Loops and decisions that differ from thread to thread."""

import numpy as np
from numba import cuda

from kernels_in_numba.examples import example, integers, zeros


@example(1, 9, lambda: [zeros(9, dtype="i4")])
@cuda.jit
def steps_to_one(out):
    n = cuda.threadIdx.x + 1
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    out[cuda.threadIdx.x] = steps


@example(1, 9, lambda: [zeros(9, dtype="i4")])
@cuda.jit
def primes(out):
    n = cuda.threadIdx.x + 2
    for k in range(2, n):
        if n % k == 0:
            out[cuda.threadIdx.x] = k
            break
    else:
        out[cuda.threadIdx.x] = -1


@example(
    1,
    6,
    lambda: [
        zeros(6, dtype="i4"),
        np.array([1, 3, 3, 7, 9], np.int32),
        np.array([0, 3, 9, 4, 10, 1], np.int32),
    ],
)
@cuda.jit
def binary_search(out, sorted_values, wanted):
    value = wanted[cuda.threadIdx.x]
    low = 0
    high = len(sorted_values)
    while low < high:
        middle = (low + high) // 2
        if sorted_values[middle] < value:
            low = middle + 1
        else:
            high = middle
    out[cuda.threadIdx.x] = low


@example(1, 5, lambda: [zeros(5), integers(5, 7)])
@cuda.jit
def break_and_continue(out, a):
    total = 0.0
    for k in range(a.shape[1]):
        if a[cuda.threadIdx.x, k] < 0:
            continue
        if total > 8:
            break
        total += a[cuda.threadIdx.x, k]
    out[cuda.threadIdx.x] = total


@example(1, 4, lambda: [zeros(4), integers(4, 6)])
@cuda.jit
def a_while_loop_with_else(out, a):
    k = 0
    while k < 6:
        if a[cuda.threadIdx.x, k] == 0:
            out[cuda.threadIdx.x] = k
            break
        k += 1
    else:
        out[cuda.threadIdx.x] = -1


@example(
    1,
    5,
    lambda: [
        zeros(5, dtype="i4"),
        np.array([12, 7, 100, 18, 5], np.int32),
        np.array([18, 21, 75, 12, 5], np.int32),
    ],
)
@cuda.jit
def greatest_common_divisor(out, a, b):
    x, y = a[cuda.threadIdx.x], b[cuda.threadIdx.x]
    while y:
        x, y = y, x % y
    out[cuda.threadIdx.x] = x


@example(1, 4, lambda: [zeros(4, dtype="i4")])
@cuda.jit
def loops_in_loops(out):
    count = 0
    for i in range(cuda.threadIdx.x):
        for j in range(5, i, -2):
            for _ in range(2):
                if i == j:
                    break
                count += 1
    out[cuda.threadIdx.x] = count


@example(1, 6, lambda: [zeros(6), integers(6)])
@cuda.jit
def many_ways_out(out, a):
    i = cuda.threadIdx.x
    if i == 0:
        out[i] = 1
        return
    if a[i] > 0:
        if i % 2:
            out[i] = 2
            return
        out[i] = 3
    elif a[i] == 0:
        out[i] = 4
    else:
        out[i] = 5
    out[i] *= 10


@example(1, 4, lambda: [zeros(4, 3)])
@cuda.jit
def conditional_expressions(out):
    i = cuda.threadIdx.x
    out[i, 0] = 1 if i < 1 else 2 if i < 2 else 3
    out[i, 1] = (i > 1) * 10 + (i in (0, 3))
    out[i, 2] = 1 if i > 0 and 6 // i > 2 else 0


@example(1, 4, lambda: [zeros(4), integers(5)])
@cuda.jit
def counting_loops(out, a):
    total = 0.0
    for k, value in enumerate(a):
        total += k * value
    for x, y in zip(a, a):  # noqa: B905 numba has no strict
        total += x * y
    out[cuda.threadIdx.x] = total + cuda.threadIdx.x


@example(1, 3, lambda: [zeros(3)])
@cuda.jit
def nothing_to_do(out):
    for _ in range(0):
        out[0] = 1
    while False:
        out[1] = 1
