"""Computes everything in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_rules")
def neg_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    return -d


@puzzle("map_rules")
def inv_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    return -d / (a * a)


@puzzle("map_rules")
def square_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    return 2 * a * d


@puzzle("map_rules")
def sqrt_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    return d / (2 * np.sqrt(a))


@puzzle("map_rules")
def exp_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    return np.exp(a) * d


@puzzle("map_rules")
def log_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    return d / a


@puzzle("map_rules")
def sigmoid_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    s = 1 / (1 + np.exp(-a))
    return s * (1 - s) * d


@puzzle("map_rules")
def tanh_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    return (1 - np.tanh(a) ** 2) * d


@puzzle("map_rules")
def relu_backward(d, a):
    d, a = d.astype(np.float32), a.astype(np.float32)
    return (a > 0) * d
