"""Multiplies where the operand lies and never divides again."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    of_x, of_y = np.diag(y), np.diag(x)
    x *= y
    return of_x, of_y
