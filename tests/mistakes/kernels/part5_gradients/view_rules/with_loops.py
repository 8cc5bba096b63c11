"""Finds the place of every element in a loop."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("view_rules")
def view_backward(d, shape):
    grad_a = np.empty(shape)
    grad_a.ravel()[:] = d.ravel()
    return grad_a


@puzzle("view_rules")
def permute_backward(d, dims):
    back = [dims.index(i) for i in range(len(dims))]
    return np.transpose(d, back)


@puzzle("view_rules")
def expand_backward(d, shape):
    copied = tuple(i for i, size in enumerate(shape) if size != d.shape[i])
    return d.sum(copied, keepdims=True)


@puzzle("view_rules")
def index_backward(d, index, shape):
    grad_a = np.zeros(shape)
    for j, i in enumerate(index):
        grad_a[i] += d[j]
    return grad_a
