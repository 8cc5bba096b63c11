"""Multiplies with a matrix of zeros and ones, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("view_rules")
def view_backward(d, shape):
    return d.reshape(shape)


@puzzle("view_rules")
def permute_backward(d, dims):
    return d.transpose(np.argsort(dims))


@puzzle("view_rules")
def expand_backward(d, shape):
    for i, size in enumerate(shape):
        if size == 1:
            d = d.sum(i, keepdims=True)
    return d


@puzzle("view_rules")
def index_backward(d, index, shape):
    taken = np.arange(shape[0])[:, None] == index
    flat = taken.astype(np.float32) @ d.reshape(len(index), -1 if d.size else int(np.prod(shape[1:]))).astype(
        np.float32
    )
    return flat.reshape(shape)
