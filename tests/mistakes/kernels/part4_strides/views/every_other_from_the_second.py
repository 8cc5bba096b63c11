"""Begins with row 1."""

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
    return (shape[0] // 2, *shape[1:]), (2 * strides[0], *strides[1:]), strides[0]


@puzzle("views")
def flatten_or_fail(shape, strides):
    steps = [(size, stride) for size, stride in zip(shape, strides) if size != 1]
    if 0 in shape or not steps:
        return (prod(shape),), (1,), 0
    for (_, outer), (size, inner) in zip(steps, steps[1:]):
        if outer != size * inner:
            raise ValueError("no stride will do")
    return (prod(shape),), (steps[-1][1],), 0
