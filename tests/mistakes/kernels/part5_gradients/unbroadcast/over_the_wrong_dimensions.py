"""Lines the shapes up from the left."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    padded = (*shape, *[1] * (d.ndim - len(shape)))
    grown = tuple(i for i, size in enumerate(padded) if size != d.shape[i])
    return d.sum(grown, keepdims=True).reshape(shape)
