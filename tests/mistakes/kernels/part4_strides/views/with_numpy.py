"""NumPy's own views of a storage of ints, whose strides are counted in elements here."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("views")
def transpose(shape, strides):
    return told(array(shape, strides).T)


@puzzle("views")
def take_row(shape, strides, row):
    return shape[1:], strides[1:], np.int64(row) * strides[0]


@puzzle("views")
def every_other(shape, strides):
    return told(array(shape, strides)[::2])


@puzzle("views")
def flatten_or_fail(shape, strides):
    run, step = 1, 1
    for size, stride in zip(shape[::-1], strides[::-1]):
        if size == 1:
            continue
        if run == 1:
            step = stride
        elif stride != run * step and 0 not in shape:
            raise ValueError
        run *= size
    return np.array([np.prod(shape, dtype=np.int64)]), [step], 0


def array(shape, strides):
    size = 1 + sum(max(0, n - 1) * s for n, s in zip(shape, strides))
    return np.lib.stride_tricks.as_strided(np.zeros(size, np.int8), shape, strides)


def told(view):
    return view.shape, view.strides, 0
