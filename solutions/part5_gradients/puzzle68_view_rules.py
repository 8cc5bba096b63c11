"""
# Puzzle 68 · View rules

## Walkthrough

**view** keeps the count row by row, so the elements of `d` are in the right order already. They
only need the old shape.

**permute** puts dimension `dims[i]` in place `i`. The way back puts place `i` in dimension
`dims[i]`, which is the inverse permutation. `np.argsort(dims)` is that: it says at which place
dimension 0 is now, at which dimension 1, and so on. Swapping two dimensions is its own inverse, so
with a table you may use `dims` itself and not notice. With three dimensions in a circle, you do.

**expand** copies, so the gradient is a sum, as in puzzle 63. No dimension is new here, and
`keepdims=True` leaves those that are summed with size 1.

**index** is where most mistakes are made. `grad[index] = d` writes the gradient of the last copy
over those before it. `grad[index] += d` looks better and does the same: NumPy reads all elements,
adds, and writes all of them, so a place that is named twice is written twice, each time with one
addition. `np.add.at` adds one after the other. On a GPU it takes an atomic for the same reason.

**As a matrix**: each of the four is a table of zeros and ones, with a row for each element of the
result. The backward rule is the transposed table. A view and a permutation have one 1 in each row
and each column, so theirs only move things. The others have columns with several ones, or none.

**Where you meet it**: an embedding is `a[index]`. The word "the" occurs often in a text, and its
row gets the sum of many gradients. A word that does not occur gets zeros.
"""

import numpy as np

from minigrad.workbook import puzzle


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
    np.add.at(grad_a, index, d)
    return grad_a
