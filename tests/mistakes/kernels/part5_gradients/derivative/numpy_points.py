"""Moves with a unit vector of NumPy, and a step of a millionth."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("derivative")
def derivative(f, xs, i):
    step = np.zeros(len(xs))
    step[i] = 1e-6
    return (f(*(xs + step)) - f(*(xs - step))) / 2e-6
