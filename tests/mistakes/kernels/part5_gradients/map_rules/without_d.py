"""Returns the derivative of exp, and d is not used."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


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
    return np.exp(a)


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
