"""Lists instead of tuples, and slices instead of stars."""

from math import prod

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("views")
def transpose(shape, strides):
    return list(reversed(shape)), list(reversed(strides)), 0


@puzzle("views")
def take_row(shape, strides, row):
    return [list(shape[1:]), list(strides[1:]), row * strides[0]]


@puzzle("views")
def every_other(shape, strides):
    shape, strides = list(shape), list(strides)
    shape[0] -= shape[0] // 2
    strides[0] *= 2
    return shape, strides, 0


@puzzle("views")
def flatten_or_fail(shape, strides):
    steps = [(size, stride) for size, stride in zip(shape, strides) if size != 1]
    if 0 in shape or not steps:
        return (prod(shape),), (1,), 0
    for (_, outer), (size, inner) in zip(steps, steps[1:]):
        if outer != size * inner:
            raise ValueError("no stride will do")
    return (prod(shape),), (steps[-1][1],), 0
