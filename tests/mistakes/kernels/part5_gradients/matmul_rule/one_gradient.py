"""Forgets the second gradient."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("matmul_rule")
def matmul_backward(d, a, b):
    grad_a = d @ b.swapaxes(-1, -2)
    return unbroadcast(grad_a, a.shape), None


def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    return d.sum((*range(new), *grown), keepdims=True).reshape(shape)
