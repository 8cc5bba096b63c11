"""Works the strides of the transposed shape out anew, so the elements would have to move."""

from math import prod

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("views")
def transpose(shape, strides):
    turned = shape[::-1]
    return turned, tuple(prod(turned[d + 1 :]) for d in range(len(turned))), 0


@puzzle("views")
def take_row(shape, strides, row):
    return shape[1:], strides[1:], row * strides[0]


@puzzle("views")
def every_other(shape, strides):
    return ((shape[0] + 1) // 2, *shape[1:]), (2 * strides[0], *strides[1:]), 0


@puzzle("views")
def flatten_or_fail(shape, strides):
    steps = [(size, stride) for size, stride in zip(shape, strides) if size != 1]
    if 0 in shape or not steps:
        return (prod(shape),), (1,), 0
    for (_, outer), (size, inner) in zip(steps, steps[1:]):
        if outer != size * inner:
            raise ValueError("no stride will do")
    return (prod(shape),), (steps[-1][1],), 0
