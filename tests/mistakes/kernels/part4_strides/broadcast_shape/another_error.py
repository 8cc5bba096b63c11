"""Raises another exception than the one that was agreed on."""

from minigrad.strides import broadcast_shapes

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    return broadcast_shapes(shape_a, shape_b)
