"""Repeats the identity and keeps half of the digits."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    rows, cols = x.shape
    return (np.repeat(np.eye(rows)[..., None], cols, -1) / cols).astype(np.float32)
