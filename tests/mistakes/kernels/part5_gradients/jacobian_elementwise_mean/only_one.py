"""One Jacobian where there are two inputs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    return np.eye(len(x)) / 2
