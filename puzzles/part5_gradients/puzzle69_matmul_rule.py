"""
# Puzzle 69 · Matmul rule

Almost all of the time that it takes to train a network goes into one operation and its backward
rule. The rule consists of two more matrix products.

Write the backward rule of `out = a @ b`. The last two dimensions of `a` and `b` are matrices, n × k
and k × m. All dimensions in front are a *batch*: many products at once. They broadcast, so one
matrix may be multiplied with many.

- **Arguments**: `a` and `b` are float64 arrays with at least two dimensions; the last size of `a`
  is the last but one of `b`. The dimensions in front broadcast. `d` is the gradient of `out`, a
  float64 array of its shape. Sizes may be 0.
- **Returns** `(grad_a, grad_b)`, arrays of the shapes of `a` and of `b`.
"""

from minigrad.workbook import puzzle


@puzzle("matmul_rule")
def matmul_backward(d, a, b):
    pass  # Your code here: about 3 lines.
