"""
# Puzzle 61 · Map rules

## Walkthrough

The rule is the same for all nine: g'(a) · d. What is different is g', and that stands in a book.

**neg, inv, square, sqrt, log** need only `a`. Write them as powers, and one rule of differentiation
does four of them: 1 / a is a to the power −1, the root is a to the power 1/2.

**exp, sigmoid, tanh** have derivatives that are made of their own results. exp is its own
derivative. With s = sigmoid(a) it is s · (1 − s), which you get from differentiating 1 / (1 + e)
with e = exp(−a): e / (1 + e)², and e / (1 + e) is 1 − s. With t = tanh(a) it is 1 − t². A library
therefore saves the result on the way forward, and computes nothing twice. Here the rule gets `a`,
so it computes the function again.

**relu** has the derivative 1 above 0 and 0 below. At 0 it has none, and somebody has to decide.
PyTorch takes 0, and so do we. A comparison is a number in a product: `a > 0` is 1 or 0.

**Where did the Jacobian go?** Written out for 3 elements, the rule is a row times a matrix:
(d₁, d₂, d₃) · diag(g'(a₁), g'(a₂), g'(a₃)). The products with the zeros are all that was left out.

**How do you find a mistake without us?** Change one element of `a` by ±0.000001 and see how the
result changes: puzzle 37 is that test.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("map_rules")
def neg_backward(d, a):
    return -d


@puzzle("map_rules")
def inv_backward(d, a):
    return -d / (a * a)


@puzzle("map_rules")
def square_backward(d, a):
    return 2 * a * d


@puzzle("map_rules")
def sqrt_backward(d, a):
    return d / (2 * np.sqrt(a))


@puzzle("map_rules")
def exp_backward(d, a):
    return np.exp(a) * d


@puzzle("map_rules")
def log_backward(d, a):
    return d / a


@puzzle("map_rules")
def sigmoid_backward(d, a):
    s = 1 / (1 + np.exp(-a))
    return s * (1 - s) * d


@puzzle("map_rules")
def tanh_backward(d, a):
    return (1 - np.tanh(a) ** 2) * d


@puzzle("map_rules")
def relu_backward(d, a):
    return (a > 0) * d
