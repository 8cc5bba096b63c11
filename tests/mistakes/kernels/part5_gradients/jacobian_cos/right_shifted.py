"""The derivative of the cosine is the cosine, a quarter turn later."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return np.eye(len(x)) * np.cos(x + np.pi / 2)
