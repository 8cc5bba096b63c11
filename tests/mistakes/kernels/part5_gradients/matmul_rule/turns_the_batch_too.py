"""Transposes all dimensions, the batch included."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("matmul_rule")
def matmul_backward(d, a, b):
    return unbroadcast(d @ b.T, a.shape), unbroadcast(a.T @ d, b.shape)


def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    return d.sum((*range(new), *grown), keepdims=True).reshape(shape)
