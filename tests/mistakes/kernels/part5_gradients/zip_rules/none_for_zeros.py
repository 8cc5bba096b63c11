"""Says None where a gradient vanishes."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("zip_rules")
def add_backward(d, a, b):
    return d, d


@puzzle("zip_rules")
def sub_backward(d, a, b):
    return d, -d


@puzzle("zip_rules")
def mul_backward(d, a, b):
    return b * d, a * d


@puzzle("zip_rules")
def div_backward(d, a, b):
    return d / b, -a / (b * b) * d


@puzzle("zip_rules")
def pow_backward(d, a, b):
    return b * a ** (b - 1) * d, a**b * np.log(a) * d


@puzzle("zip_rules")
def maximum_backward(d, a, b):
    share = ((a > b) * 1.0 + (a >= b)) / 2
    return share * d, (1 - share) * d


@puzzle("zip_rules")
def less_backward(d, a, b):
    return None, None
