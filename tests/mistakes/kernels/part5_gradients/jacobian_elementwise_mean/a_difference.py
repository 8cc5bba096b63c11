"""Half the difference: the sign of the second is wrong."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    return np.eye(len(x)) / 2, -np.eye(len(x)) / 2
