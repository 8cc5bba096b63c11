"""Each row of the identity times its derivative."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return np.einsum("ij,j->ij", np.eye(len(x)), -np.sin(x))
