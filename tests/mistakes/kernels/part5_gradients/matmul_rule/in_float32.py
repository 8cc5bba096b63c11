"""Multiplies rows and columns in float32, and sums over what grew."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("matmul_rule")
def matmul_backward(d, a, b):
    d, a, b = d.astype(np.float32), a.astype(np.float32), b.astype(np.float32)
    grad_a = (d[..., :, None, :] * b[..., None, :, :]).sum(-1)
    grad_b = (a[..., :, :, None] * d[..., :, None, :]).sum(-3)
    return unbroadcast(grad_a, a.shape), unbroadcast(grad_b, b.shape)


def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    return d.sum((*range(new), *grown), keepdims=True).reshape(shape)
