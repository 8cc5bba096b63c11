"""
# Puzzle 47 · Jacobian of neg

Change the sign of each element:

    f(x)[i] = −x[i]

The Jacobian has a row for each output and a column for each input. This f is *linear*: its outputs
are sums of inputs times constants. For such an f the Jacobian does more than say how fast things
change: `J @ x` is f(x) itself.

- **Arguments**: `x` is a float64 array with one dimension and at least one element.
- **Returns** the Jacobian, an array of floats of shape (n, n), where n is `len(x)`.
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_neg")
def jacobian_neg(x):
    pass  # Your code here: about 1 line.
