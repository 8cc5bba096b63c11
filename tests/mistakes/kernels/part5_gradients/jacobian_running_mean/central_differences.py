"""Moves each input a little to both sides; f is linear, so this is right."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    def f(x):
        return np.cumsum(x) / np.arange(1, len(x) + 1)

    step = 2.0**-10
    moves = step * np.eye(len(x))
    return np.stack([(f(x + move) - f(x - move)) / (2 * step) for move in moves], axis=1)
