"""
# Puzzle 67 · Logsumexp rule

The logarithm of the sum of exponentials is a smooth maximum: where one element is much larger than
the others, it is nearly that element. Its gradient has a name of its own, and you find it in every
classifier and in every attention layer.

Write the backward rule of

    out = log(exp(a₁) + exp(a₂) + … + exp(aₙ))

for each row of `a`: along the last dimension, which is dropped. `out` has one element for each row,
and so has `d`.

The rows may hold numbers such as 1000 and −1000. exp(1000) is larger than any float, but the
gradient is an ordinary number.

- **Arguments**: `a` is a float64 array with at least one dimension; its last dimension has at least
  one element. `d` is a float64 array of shape `a.shape[:-1]`: for an `a` with one dimension it has
  none, and holds a single number.
- **Returns** `grad_a`, an array of the shape of `a`. All its numbers are finite.
"""

from minigrad.workbook import puzzle


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    pass  # Your code here: about 2 lines.
