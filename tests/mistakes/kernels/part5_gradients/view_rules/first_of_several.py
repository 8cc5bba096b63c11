"""Keeps the first gradient where an index repeats."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("view_rules")
def view_backward(d, shape):
    return d.reshape(shape)


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
    seen = set()
    for j, i in enumerate(index):
        if i not in seen:
            grad_a[i] = d[j]
        seen.add(i)
    return grad_a
