"""Sums by way of Fourier transforms, so the zeros above the diagonal come out nearly 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    n = len(x)
    ones = np.fft.rfft(np.ones(n), 2 * n)
    return np.fft.irfft(ones * np.fft.rfft(np.eye(n), 2 * n), 2 * n)[:, :n].T
