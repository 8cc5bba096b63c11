"""Flattens only what lies row by row without gaps."""

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
    step = 1
    for size, stride in zip(reversed(shape), reversed(strides)):
        if size != 1 and stride != step and 0 not in shape:
            raise ValueError("no stride will do")
        step *= size
    return (prod(shape),), (1,), 0
