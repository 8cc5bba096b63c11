"""Right in Python; numba has no tuples of a length that is not known."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    new = len(big_shape) - len(shape)
    kept = [stride if size == big else 0 for size, stride, big in zip(shape, strides, big_shape[new:])]
    return (0,) * new + tuple(kept)
