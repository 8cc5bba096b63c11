"""Three equal indices, of which two stay."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.einsum("ij,j->ij", np.eye(len(y)), y), np.einsum("ij,i->ij", np.eye(len(x)), x)
