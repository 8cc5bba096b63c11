"""
# Puzzle 64 · Sum rules

A sum along a dimension turns many elements into one. If one of them grows by a little, the sum
grows by just as much. Write the backward rules of two reductions of a tensor `a`:

- `sum_backward` is that of `out = a.sum(dim, keepdim)`,
- `mean_backward` is that of `out = a.mean(dim, keepdim)`.

With `keepdim`, the dimension that was reduced stays, with size 1. Without it, the dimension is
dropped: the sum of a tensor of shape (2, 3) along dimension 0 has shape (1, 3) with it and (3,)
without.

- **Arguments**: `d` is the gradient of `out`, a float64 array of its shape. `shape` is the shape of
  `a`, a tuple of ints. `dim`, an int, is the dimension that was reduced; if it is negative, it
  counts from the end, as in Python. `keepdim` is True or False. There is at least one dimension,
  and for `mean_backward` no size is 0.
- **Returns** `grad_a`, an array of the shape `shape`.
- **Verdict**: each rule gets its own mark, so take them one by one.
"""

from minigrad.workbook import puzzle


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    pass  # Your code here: about 3 lines.


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    pass  # Your code here: about 1 line.
