"""Takes the mean of the copies."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    count = 1
    for i in (*range(new), *grown):
        count *= d.shape[i]
    return d.sum((*range(new), *grown), keepdims=True).reshape(shape) / max(1, count)
