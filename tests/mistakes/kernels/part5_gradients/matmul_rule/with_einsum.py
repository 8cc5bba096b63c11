"""Names the dimensions and lets einsum do the rest."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("matmul_rule")
def matmul_backward(d, a, b):
    grad_a = np.einsum("...ij,...kj->...ik", d, b)
    grad_b = np.einsum("...ik,...ij->...kj", a, d)
    return unbroadcast(grad_a, a.shape), unbroadcast(grad_b, b.shape)


def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    return d.sum((*range(new), *grown), keepdims=True).reshape(shape)
