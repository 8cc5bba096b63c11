"""Looks at the strides of dimensions along which nobody steps."""

from math import prod

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("views")
def transpose(shape, strides):
    return shape[::-1], strides[::-1], 0


@puzzle("views")
def take_row(shape, strides, row):
    return shape[1:], strides[1:], row * strides[0]


@puzzle("views")
def every_other(shape, strides):
    return ((shape[0] + 1) // 2, *shape[1:]), (2 * strides[0], *strides[1:]), 0


@puzzle("views")
def flatten_or_fail(shape, strides):
    if 0 in shape or not shape:
        return (prod(shape),), (1,), 0
    for d in range(len(shape) - 1):
        if strides[d] != shape[d + 1] * strides[d + 1]:
            raise ValueError("no stride will do")
    return (prod(shape),), (strides[-1],), 0
