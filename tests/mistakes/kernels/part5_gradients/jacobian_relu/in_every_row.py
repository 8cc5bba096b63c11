"""Every output moves with every input above 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.tile(np.where(x > 0, 1.0, 0.0), (len(x), 1))
