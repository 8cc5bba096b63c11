"""Takes the gradient of the first copy."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    d = d[(0,) * (d.ndim - len(shape))]
    return d[tuple(slice(0, size) for size in shape)]
