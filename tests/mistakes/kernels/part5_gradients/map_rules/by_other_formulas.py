"""Powers, cosh, and a choice instead of a product."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_rules")
def neg_backward(d, a):
    return -d


@puzzle("map_rules")
def inv_backward(d, a):
    return -d * a**-2.0


@puzzle("map_rules")
def square_backward(d, a):
    return 2 * a * d


@puzzle("map_rules")
def sqrt_backward(d, a):
    return 0.5 * a**-0.5 * d


@puzzle("map_rules")
def exp_backward(d, a):
    return np.exp(a) * d


@puzzle("map_rules")
def log_backward(d, a):
    return d / a


@puzzle("map_rules")
def sigmoid_backward(d, a):
    return d / (np.exp(a / 2) + np.exp(-a / 2)) ** 2


@puzzle("map_rules")
def tanh_backward(d, a):
    return d / np.cosh(a) ** 2


@puzzle("map_rules")
def relu_backward(d, a):
    return np.where(a > 0, d, 0.0)
