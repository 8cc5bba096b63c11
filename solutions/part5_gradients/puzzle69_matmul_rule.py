"""
# Puzzle 69 · Matmul rule

## Walkthrough

**Two matrices first.** Element (i, j) of the result is the sum over k of a[i, k] · b[k, j]. So
a[i, k] is in row i of the result, at each j, with the factor b[k, j]. Its gradient is the sum over
j of d[i, j] · b[k, j]: row i of `d` times row k of `b`. A matrix product takes rows times columns,
so `b` is transposed: d · bᵀ. In the same way the gradient of `b` is aᵀ · d.

**The shapes say it too.** `d` is n × m, `b` is k × m, and n × k is wanted: n × m times m × k is the
only product that has it. But shapes alone do not find every mistake: with square matrices
everything fits.

**A batch** is many such products side by side. `@` takes care of that, and `swapaxes(-1, -2)`
transposes the matrices and leaves the batch where it is. `.T` would turn all dimensions round.

**Broadcasting** used a matrix for several products. Its gradient is the sum of theirs: puzzle 63,
once more. First compute the gradient in the large shape, then sum over the dimensions in front that
are new or that grew. n, k and m never broadcast, so the sum leaves the last two dimensions alone.

**Cost**: forwards one product of n · k · m multiplications, backwards two of them. That is why a
training step takes about three times as long as a prediction.
"""

from minigrad.workbook import puzzle


@puzzle("matmul_rule")
def matmul_backward(d, a, b):
    grad_a = d @ b.swapaxes(-1, -2)
    grad_b = a.swapaxes(-1, -2) @ d
    return unbroadcast(grad_a, a.shape), unbroadcast(grad_b, b.shape)


def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    return d.sum((*range(new), *grown), keepdims=True).reshape(shape)
