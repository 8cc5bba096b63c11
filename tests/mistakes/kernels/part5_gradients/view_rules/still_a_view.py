"""Hands d on in the shape of the view."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("view_rules")
def view_backward(d, shape):
    return d


@puzzle("view_rules")
def permute_backward(d, dims):
    return d.transpose(np.argsort(dims))


@puzzle("view_rules")
def expand_backward(d, shape):
    copied = tuple(i for i, size in enumerate(shape) if size != d.shape[i])
    return d.sum(copied, keepdims=True)


@puzzle("view_rules")
def index_backward(d, index, shape):
    grad_a = np.zeros(shape)
    np.add.at(grad_a, index, d)
    return grad_a
