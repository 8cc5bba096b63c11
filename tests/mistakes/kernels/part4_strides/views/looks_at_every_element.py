"""Writes down where each element lies, and looks for one stride."""

from itertools import product

from minigrad.workbook import puzzle

EXPECT = "solved"


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
    places = [sum(i * s for i, s in zip(index, strides)) for index in product(*map(range, shape))]
    steps = {after - before for before, after in zip(places, places[1:])}
    if len(steps) > 1:
        raise ValueError(f"there are steps of {steps}")
    return (len(places),), tuple(steps) or (7,), 0
