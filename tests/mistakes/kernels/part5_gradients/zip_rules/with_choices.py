"""Chooses with np.where, and returns lists of two arrays."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


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
    tie = a == b
    return [np.where(tie, d / 2, np.where(a > b, d, 0)), np.where(tie, d / 2, np.where(b > a, d, 0))]


@puzzle("zip_rules")
def less_backward(d, a, b):
    return [0.0 * d, 0.0 * d]
