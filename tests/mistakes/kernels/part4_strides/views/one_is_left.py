"""Three of four are right, and the last is not written yet."""

from math import prod

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


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
    pass
