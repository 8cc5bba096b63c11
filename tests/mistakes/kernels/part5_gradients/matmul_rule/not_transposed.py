"""Multiplies with b, and not with b transposed."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("matmul_rule")
def matmul_backward(d, a, b):
    return unbroadcast(d @ b, a.shape), unbroadcast(a @ d, b.shape)


def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    return d.sum((*range(new), *grown), keepdims=True).reshape(shape)
