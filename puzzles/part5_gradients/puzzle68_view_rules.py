"""
# Puzzle 68 · View rules

Some operations compute nothing. They only say where the elements of `a` are found in the result.
Their backward rules carry each element of `d` to where it came from. If an element of `a` is in the
result more than once, it gets the sum; if it is not there, it gets 0.

- `view_backward(d, shape)`: `out` holds the elements of `a`, counted row by row, in another shape.
- `permute_backward(d, dims)`: dimension `i` of `out` is dimension `dims[i]` of `a`.
- `expand_backward(d, shape)`: `out` has as many dimensions as `a`; along some where the size of
  `a` is 1, it was copied.
- `index_backward(d, index, shape)`: `out = a[index]`, so `out[j]` is `a[index[j]]`. An index may
  occur several times.

The rules for all of them:

- **Arguments**: `d` is the gradient of `out`, a float64 array. `shape` is the shape of `a`, a tuple
  of ints. `dims` is a tuple of ints with each dimension once, counted from 0. `index` is an int64
  array with one dimension; its entries are at least 0 and less than `shape[0]`.
- **Returns** `grad_a`, an array of the shape of `a`.
- **Verdict**: each rule gets its own mark, so take them one by one.
"""

from minigrad.workbook import puzzle


@puzzle("view_rules")
def view_backward(d, shape):
    pass  # Your code here: about 1 line.


@puzzle("view_rules")
def permute_backward(d, dims):
    pass  # Your code here: about 1 line.


@puzzle("view_rules")
def expand_backward(d, shape):
    pass  # Your code here: about 2 lines.


@puzzle("view_rules")
def index_backward(d, index, shape):
    pass  # Your code here: about 3 lines.
